package io.imaas.step.runner;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.port.Clock;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Waits for what is being taken back to be gone; not for ever. */
final class Undoing {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofSeconds(1);

    private Undoing() {}

    /**
     * @param what is not gone yet
     * @param begun what was done to that end
     */
    static Outcome waiting(String what, List<Effect> begun, StepContext context, Clock clock) {
        Instant now = clock.now();
        if (now.isBefore(context.startedAt().orElse(now).plus(LIMIT))) {
            return new Outcome.Waiting(what + " is being deleted", POLL);
        }
        return new Outcome.Succeeded(
                null,
                begun,
                List.of(Problem.warning(
                        "remains",
                        Location.of(what),
                        "its deletion began and did not end within " + LIMIT.toMinutes() + " minutes",
                        "look at what holds it; the next run goes on from there")));
    }
}
