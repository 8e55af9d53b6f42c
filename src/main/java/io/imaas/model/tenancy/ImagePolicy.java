package io.imaas.model.tenancy;

import io.imaas.model.identity.SigningKey;
import io.imaas.model.record.ListedKey;
import java.io.Serializable;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What must be known of an image before it is promoted or released.
 *
 * @param optional whether somebody may go on without asking the registry
 * @param signedBy keys of which one must have signed the image, or one of {@code keyless}
 * @param keyless those who sign without a key; where both are empty no signature is asked for
 * @param builtFor for what an image must have been built, as its signed provenance says; empty: no provenance is asked for
 * @param sbom whether an orchestrator must have signed what is in the image
 * @param forbidden which known weaknesses keep an image from being promoted; null: no scan is asked for
 */
public record ImagePolicy(
        boolean optional,
        List<ListedKey> signedBy,
        Keyless keyless,
        Set<BuiltFor> builtFor,
        boolean sbom,
        VulnerabilityPolicy forbidden)
        implements Serializable {
    /** For what an image was built. */
    public enum BuiltFor {
        BRANCH("refs/heads/"),
        TAG("refs/tags/"),
        PULL_REQUEST("refs/pull/");

        private final String prefix;

        BuiltFor(String prefix) {
            this.prefix = prefix;
        }

        /** Of a reference of Git; empty when it is none of these. */
        public static Optional<BuiltFor> of(String ref) {
            return Arrays.stream(values())
                    .filter(kind -> ref.startsWith(kind.prefix))
                    .findFirst();
        }
    }

    /** The registry is asked, and no signature is wanted. */
    public static final ImagePolicy USUAL = new ImagePolicy(false, List.of(), Keyless.NONE, Set.of(), false, null);

    public ImagePolicy {
        signedBy = List.copyOf(signedBy);
        builtFor = Set.copyOf(builtFor);
    }

    /** The keys whose signatures count at a time. */
    public List<SigningKey> keysAt(Instant moment) {
        return signedBy.stream()
                .filter(one -> one.countsAt(moment))
                .map(ListedKey::key)
                .toList();
    }

    public boolean asksForSignatures() {
        return !signedBy.isEmpty() || !keyless.signers().isEmpty();
    }

    public Optional<VulnerabilityPolicy> vulnerabilities() {
        return Optional.ofNullable(forbidden);
    }
}
