package io.imaas.server;

import io.imaas.app.access.Visitor;
import io.imaas.app.request.Questions.Question;
import io.imaas.model.request.Condition;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import io.imaas.server.Problems.HttpProblem;
import io.imaas.server.api.Answers;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Whether something is so that somebody else brings about. Whoever waits for it holds no thread: Git is read again after an
 * event of the tenant, and after some seconds, since hooks get lost.
 */
record Conditions(Served served, Followers followers, Timeline timeline) {
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration READING = Duration.ofSeconds(15);

    /**
     * @param wanted {@code live}, {@code healthy} or {@code approved}; null for live
     * @param given how long it is waited for
     */
    CompletableFuture<Answers.Reached> of(
            Visitor visitor,
            TenantName tenant,
            ServiceName service,
            EnvironmentName environment,
            String wanted,
            UnaryOperator<String> given) {
        Condition condition = condition(wanted);
        Question<Answers.Reached> question = served.questions()
                .of(
                        tenant,
                        (imaas, of) -> reached(imaas.overview(of).missing(service, environment, condition)),
                        service,
                        environment,
                        condition);
        return "0".equals(given.apply("wait"))
                ? CompletableFuture.completedFuture(served.known(question).orThrow())
                : look(
                        visitor,
                        question,
                        System.nanoTime() + Api.patience(given).toNanos());
    }

    private static Condition condition(String word) {
        return word == null
                ? Condition.LIVE
                : Stream.of(Condition.values())
                        .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(word))
                        .findFirst()
                        .orElseThrow(() ->
                                new HttpProblem(400, "there is no state '" + word + "'", "live, healthy or approved"));
    }

    private CompletableFuture<Answers.Reached> look(Visitor visitor, Question<Answers.Reached> asked, long end) {
        // What happens while Git is read makes it be read once more.
        long position = served.hub().last();
        return served.questions().answer(asked, READING).thenCompose(found -> {
            Duration left = Duration.ofNanos(end - System.nanoTime());
            return found.reached() || left.isNegative()
                    ? CompletableFuture.completedFuture(found)
                    : followers
                            .next(
                                    visitor,
                                    position,
                                    left.compareTo(LOOK) < 0 ? left : LOOK,
                                    after -> timeline.after(visitor, after, 1, event -> event.tenant()
                                            .equals(asked.tenant().value())))
                            .thenCompose(news -> look(visitor, asked, end));
        });
    }

    private static Answers.Reached reached(Optional<String> missing) {
        return new Answers.Reached(missing.isEmpty(), missing.orElse(""));
    }
}
