package io.imaas.plan.onboarding;

import io.imaas.model.tenancy.Offboarding;
import java.io.Serializable;
import java.util.List;

/**
 * A tombstone and what it will do.
 *
 * @param who {@code tenant orders}, or {@code order-api of tenant orders}
 * @param deletions what goes from the day on, thing by thing
 */
public record Departure(String who, Offboarding tombstone, List<String> deletions) implements Serializable {
    public Departure {
        deletions = List.copyOf(deletions);
    }

    /** When and why, without what. */
    public String sentence() {
        return tombstone.sentence(who);
    }
}
