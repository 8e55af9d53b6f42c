package io.imaas.model.image;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a scanner found in an image, signed by somebody whom the platform lists.
 *
 * @param scanner its name, or where it is described
 * @param at when the scan ended
 * @param signedBy the name of the key
 */
public record ScanReport(String scanner, Instant at, String signedBy, List<Vulnerability> found)
        implements Serializable {
    /** The type of such a statement ({@code cosign}, specs/COSIGN_VULN_ATTESTATION_SPEC.md). */
    public static final String TYPE = "https://cosign.sigstore.dev/attestation/vuln/v1";

    public ScanReport {
        found = List.copyOf(found);
    }

    /** The same without what does no harm in this image. */
    public ScanReport without(Predicate<Vulnerability> harmless) {
        return new ScanReport(
                scanner, at, signedBy, found.stream().filter(harmless.negate()).toList());
    }
}
