package io.imaas.model.record;

import io.imaas.model.identity.GpgFingerprint;
import io.imaas.model.identity.SigningKey;
import java.io.Serializable;
import java.time.Instant;

/**
 * A key that {@code platform.yaml} lists, and the time for which its signatures count. A key that was replaced stays listed with its
 * end: what it signed before goes on to count. One that was stolen is taken off the list.
 *
 * @param from null: since ever
 * @param to the first moment at which it counts no more; null: for ever
 * @param gpg the key of GnuPG with which an orchestrator signs commits, where it does; null: it signs them with {@code key}
 */
public record ListedKey(SigningKey key, Instant from, Instant to, GpgFingerprint gpg) implements Serializable {
    /** One that counts at any time. */
    public static ListedKey always(SigningKey key) {
        return new ListedKey(key, null, null, null);
    }

    public boolean countsAt(Instant moment) {
        return (from == null || !moment.isBefore(from)) && (to == null || moment.isBefore(to));
    }

    /** Such as {@code from 2026-01-01T00:00:00Z until 2027-01-01T00:00:00Z}. */
    public String validity() {
        String begin = from == null ? "" : "from " + from + " ";
        return (begin + (to == null ? "" : "until " + to)).strip();
    }
}
