package io.imaas.model.evidence;

import io.imaas.model.identity.SigningKey;
import io.imaas.model.record.ListedKey;
import io.imaas.model.record.Trust;
import io.imaas.model.tenancy.Platform;
import java.io.Serializable;
import java.util.List;

/**
 * Whose signatures count, of an evidence file and of what is in it.
 *
 * @param orchestrators of the file and of its records; none: those that the file itself lists
 * @param platform whose people and images' signers count; null: those that the file itself lists
 * @param words for people
 */
public record EvidenceTrust(List<ListedKey> orchestrators, Platform platform, String words) implements Serializable {
    public EvidenceTrust {
        orchestrators = List.copyOf(orchestrators);
    }

    /** What shows that a file is whole, and not who made it. */
    public static EvidenceTrust ofFile() {
        return new EvidenceTrust(
                List.of(),
                null,
                "nobody: the keys are those of the file itself, so anybody could have made it; name --platform or --trusted");
    }

    /** Keys of orchestrators that somebody got another way; none: as {@link #ofFile}. */
    public static EvidenceTrust given(List<SigningKey> keys) {
        return keys.isEmpty()
                ? ofFile()
                : new EvidenceTrust(
                        keys.stream().map(ListedKey::always).toList(),
                        null,
                        "the keys of --trusted, for the file and its records; the keys of people and of images are those of the"
                                + " file itself, for which its signer answers");
    }

    /**
     * @param orchestrators those of the platform, and others that count as well
     * @param where the platform's repository
     */
    public static EvidenceTrust platform(List<ListedKey> orchestrators, Platform platform, String where) {
        return new EvidenceTrust(
                orchestrators,
                platform,
                (orchestrators.size() == 1
                                ? "the orchestrator of "
                                : "the " + orchestrators.size() + " orchestrators of ")
                        + where + ", for the file and its records; the keys of people and of images are those of "
                        + where);
    }

    /**
     * Whose signatures of records count, of one platform alone.
     *
     * @param of the platform that the file names; empty where it names none
     */
    public Trust of(Evidence evidence, String of) {
        return new Trust(
                platform == null ? of : platform.name(),
                orchestrators.isEmpty() ? evidence.orchestrators() : orchestrators,
                platform == null ? evidence.people() : platform.trust().people());
    }

    /** Whose signatures of the image counted when it was decided. */
    public List<SigningKey> imageKeys(Evidence evidence) {
        return platform == null
                ? evidence.imageKeys()
                : platform.images().keysAt(evidence.decision().at());
    }
}
