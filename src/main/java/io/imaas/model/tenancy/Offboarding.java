package io.imaas.model.tenancy;

import java.io.Serializable;
import java.time.LocalDate;

/**
 * A tombstone: the tenant or the service that carries it goes. It is the only thing that ever lets anything be deleted.
 *
 * @param from the first day on which it is taken away, in the platform's time zone; before it is grace. Null: it stays
 * @param reason told to everybody who is refused meanwhile; empty when it stays
 */
public record Offboarding(LocalDate from, String reason) implements Serializable {
    /** It stays. */
    public static final Offboarding NONE = new Offboarding(null, "");

    /** Whether there is a tombstone at all. */
    public boolean isPlanned() {
        return from != null;
    }

    /** Whether the day has come. */
    public boolean isDue(LocalDate today) {
        return isPlanned() && !today.isBefore(from);
    }

    /** Who goes, when and why. */
    public String sentence(String who) {
        return who + " is offboarded from " + from + " on: " + reason;
    }

    /** The one whose day comes first. */
    public Offboarding orEarlier(Offboarding other) {
        return other.isPlanned() && (!isPlanned() || other.from.isBefore(from)) ? other : this;
    }
}
