package io.imaas.model.tenancy;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * Who may pass closed gates by force, and how that is looked at afterwards.
 *
 * @param by teams or people; empty: nobody
 * @param confirmWithin within what time a second person must say that it was right; zero: nobody is asked to
 */
public record OverridePolicy(List<String> by, Duration confirmWithin) implements Serializable {
    /** Where the platform does not say within what time. */
    public static final Duration USUAL = Duration.ofHours(24);

    public OverridePolicy {
        by = List.copyOf(by);
    }

    public static OverridePolicy by(List<String> people) {
        return new OverridePolicy(people, USUAL);
    }
}
