package io.imaas.model.evidence;

import io.imaas.model.identity.SigningKey;
import io.imaas.model.record.OrchestratorKey;
import java.io.Serializable;
import java.util.List;

/**
 * Whose signature of an evidence file counts.
 *
 * @param keys none: those that the file itself lists
 * @param ofRecords whether they alone count for its records too; else those do that the signed file lists
 * @param words for people
 */
public record EvidenceTrust(List<OrchestratorKey> keys, boolean ofRecords, String words) implements Serializable {
    public EvidenceTrust {
        keys = List.copyOf(keys);
    }

    /** What shows that a file is whole, and not who made it. */
    public static EvidenceTrust ofFile() {
        return new EvidenceTrust(
                List.of(),
                false,
                "the keys that the file itself lists, so anybody could have made it: name --platform or --trusted");
    }

    /** @param key of the orchestrator that has just made the file */
    public static EvidenceTrust own(SigningKey key) {
        return new EvidenceTrust(List.of(OrchestratorKey.always(key)), false, "this orchestrator's own key");
    }

    /** Keys that somebody got another way; none: as {@link #ofFile}. */
    public static EvidenceTrust given(List<SigningKey> keys) {
        return keys.isEmpty()
                ? ofFile()
                : new EvidenceTrust(
                        keys.stream().map(OrchestratorKey::always).toList(),
                        false,
                        "the keys of --trusted for the file");
    }

    /** @param where the platform repository that lists them */
    public static EvidenceTrust platform(List<OrchestratorKey> keys, String where) {
        return new EvidenceTrust(
                keys,
                true,
                (keys.size() == 1 ? "the orchestrator of " : "the " + keys.size() + " orchestrators of ") + where
                        + ", for the file and its records");
    }
}
