package io.imaas.plan.gate;

import io.imaas.model.tenancy.EnvironmentName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Keeps releases on their service's own path through the environments. */
final class PathGate implements Gate {
    @Override
    public Answer ask(Question question) {
        Candidate candidate = question.candidate();
        List<EnvironmentName> path = candidate.service().environments();
        Optional<EnvironmentName> before = candidate.provenIn();
        EnvironmentName to = candidate.environment().name();
        String words = path.stream().map(EnvironmentName::value).collect(Collectors.joining(" -> "));
        if (candidate.begins()) {
            return Answer.open("it is the first environment of the path " + words);
        }
        boolean follows = before.filter(proven -> proven.equals(candidate.from()) || !path.contains(candidate.from()))
                .isPresent();
        if (follows) {
            return Answer.open("follows the path " + words);
        }
        return Answer.closed("the path of " + question.service() + " is " + words, opener(question, before, path, to));
    }

    private static String opener(
            Question question, Optional<EnvironmentName> before, List<EnvironmentName> path, EnvironmentName to) {
        if (before.isPresent()) {
            return question.command("promote", question.service(), before.get(), to);
        }
        return path.contains(to)
                ? question.command(
                        "release",
                        question.service(),
                        to,
                        "--image",
                        question.candidate().release().image())
                : "add " + to + " to services[" + question.service() + "].environments in " + question.tenantFile();
    }
}
