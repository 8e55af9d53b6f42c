package io.imaas.server;

import io.imaas.app.access.Visitor;
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
import java.util.stream.Stream;

/**
 * Whether something is so that somebody else brings about. Whoever waits for it holds no thread: Git is read again after an
 * event of the tenant, and after some seconds, since hooks get lost.
 */
record Conditions(Served served, Followers followers, Timeline timeline) {
    private static final Duration LOOK = Duration.ofSeconds(2);

    private record Question(
            Visitor visitor,
            TenantName tenant,
            ServiceName service,
            EnvironmentName environment,
            Condition condition) {}

    /**
     * @param wanted {@code live}, {@code healthy} or {@code approved}; null for live
     * @param patience how long it is waited for
     */
    CompletableFuture<Answers.Reached> of(
            Visitor visitor,
            TenantName tenant,
            ServiceName service,
            EnvironmentName environment,
            String wanted,
            Duration patience) {
        return look(
                new Question(visitor, tenant, service, environment, condition(wanted)),
                System.nanoTime() + patience.toNanos());
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

    private CompletableFuture<Answers.Reached> look(Question asked, long end) {
        // What happens while Git is read makes it be read once more.
        long position = served.hub().last();
        return served.questions()
                .read(asked.tenant(), (imaas, tenant) -> imaas.overview(tenant)
                        .missing(asked.service(), asked.environment(), asked.condition()))
                .thenCompose(missing -> {
                    Duration left = Duration.ofNanos(end - System.nanoTime());
                    return missing.isEmpty() || left.isNegative()
                            ? CompletableFuture.completedFuture(reached(missing))
                            : followers
                                    .next(
                                            asked.visitor(),
                                            position,
                                            left.compareTo(LOOK) < 0 ? left : LOOK,
                                            after -> timeline.after(asked.visitor(), after, 1, event -> event.tenant()
                                                    .equals(asked.tenant().value())))
                                    .thenCompose(news -> look(asked, end));
                });
    }

    private static Answers.Reached reached(Optional<String> missing) {
        return new Answers.Reached(missing.isEmpty(), missing.orElse(""));
    }
}
