package io.imaas.model.policy;

import io.imaas.model.failure.Location;
import java.io.Serializable;

/**
 * What a policy has against an object, or why it can't be asked.
 *
 * @param object kind and name
 * @param message the policy's own words
 * @param where the rule in the platform repository
 */
public record PolicyVerdict(Kind kind, String policy, String binding, String object, String message, Location where)
        implements Serializable {
    public enum Kind {
        DENIED,
        /** The binding only warns. */
        WARNED,
        /** The binding only has it written into the audit log. */
        AUDITED,
        /** Only an API server could tell. */
        UNKNOWN
    }

    /** Whether the object may not come. */
    public boolean isRefusal() {
        return kind == Kind.DENIED || kind == Kind.UNKNOWN;
    }

    public String sentence() {
        return object + ": policy '" + policy + "' with binding '" + binding + "' "
                + switch (kind) {
                    case DENIED -> "denies it: ";
                    case WARNED -> "warns: ";
                    case AUDITED -> "notes: ";
                    case UNKNOWN -> "can't be asked here: ";
                }
                + message;
    }
}
