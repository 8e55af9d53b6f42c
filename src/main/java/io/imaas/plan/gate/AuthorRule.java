package io.imaas.plan.gate;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.GitWriter;
import io.imaas.model.record.Trust;
import io.imaas.plan.snapshot.Authors;
import java.io.Serializable;
import java.util.Optional;

/** Who wrote a part of what comes may not say yes to it. Of a chart, the platform repository's own review decides. */
record AuthorRule(Question question) implements Serializable {
    private boolean applies() {
        return question.environment().approvals().authorsMayNot() && question.occasion() != Occasion.CHART;
    }

    /** Whether this person is among those who wrote or committed it, under any name. */
    boolean wrote(String person) {
        Trust trust = question.platform().trust();
        return applies()
                && authors().filter(known -> known.include(person, trust)).isPresent();
    }

    /** Why nobody can tell whether an approver wrote it; empty when it can be told. */
    Optional<Answer> doubt() {
        if (!applies()) {
            return Optional.empty();
        }
        return authors().isEmpty()
                ? Optional.of(unknown(
                        new Failure(FailureKind.EXTERNAL, "the authors were not looked up", "", question.again())))
                : authors().flatMap(Authors::problem).map(this::unknown).or(this::stranger);
    }

    private Answer unknown(Failure why) {
        return Answer.unanswered(
                new Failure(why.kind(), "its authors are not known: " + why.what(), why.where(), why.suggestion()),
                question.again());
    }

    private Optional<Answer> stranger() {
        return authors().stream()
                .flatMap(known -> known.wrote().stream())
                .filter(writer -> !question.platform().trust().knows(writer))
                .findFirst()
                .map(stranger -> Answer.closed(
                        stranger
                                + " wrote a part of it and may be one of the approvers: platform.yaml does not say who that is",
                        "add to 'people' in platform.yaml, with the person's own name: {name: \"@NAME\", aliases: [\""
                                + alias(stranger) + "\"]}"));
    }

    private static String alias(GitWriter writer) {
        return (writer.mail().isEmpty() ? writer.name() : writer.mail()).replace("\"", "");
    }

    private Optional<Authors> authors() {
        return question.snapshot().authors(question.service());
    }
}
