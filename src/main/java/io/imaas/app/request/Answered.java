package io.imaas.app.request;

import io.imaas.model.failure.Failure;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a request.
 *
 * @param run as programs read it
 * @param failure why it was not done, the first of them; empty when it was
 * @param againAt when a closed gate's answer changes by itself; empty when it does not
 */
public record Answered(Map<String, Object> run, Optional<Failure> failure, Optional<Instant> againAt) {
    public Answered {
        run = Map.copyOf(run);
    }
}
