package io.imaas.model.evidence;

import io.imaas.model.identity.SigningKey;
import io.imaas.model.record.OrchestratorKey;
import java.io.Serializable;
import java.util.List;

/**
 * Whose signatures count, of an evidence file and of the records in it.
 *
 * @param keys none: those that the file itself lists
 * @param words for people
 */
public record EvidenceTrust(List<OrchestratorKey> keys, String words) implements Serializable {
    public EvidenceTrust {
        keys = List.copyOf(keys);
    }

    /** What shows that a file is whole, and not who made it. */
    public static EvidenceTrust ofFile() {
        return new EvidenceTrust(
                List.of(),
                "the keys that the file itself lists, so anybody could have made it: name --platform or --trusted");
    }

    /** Keys that somebody got another way; none: as {@link #ofFile}. */
    public static EvidenceTrust given(List<SigningKey> keys) {
        return keys.isEmpty()
                ? ofFile()
                : new EvidenceTrust(
                        keys.stream().map(OrchestratorKey::always).toList(),
                        "the keys of --trusted, for the file and its records");
    }

    /** @param where the platform repository that lists them */
    public static EvidenceTrust platform(List<OrchestratorKey> keys, String where) {
        return new EvidenceTrust(
                keys,
                (keys.size() == 1 ? "the orchestrator of " : "the " + keys.size() + " orchestrators of ") + where
                        + ", for the file and its records");
    }
}
