package io.imaas.plan.snapshot;

import io.imaas.model.failure.Failure;
import io.imaas.model.image.CertifiedSigner;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageSignature;
import io.imaas.model.image.ScanReport;
import io.imaas.model.rollout.Provenance;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.snapshot.Snapshot.Fact;
import java.util.List;

/**
 * What the registry knows about an image that is to be promoted.
 *
 * @param exists whether the registry serves it
 * @param provenances from what it was built, where an orchestrator has signed that
 * @param bills SHA-256 of signed bills of materials of orchestrators
 * @param scans what listed scanners signed about it
 * @param signatures what is kept beside it, unverified
 * @param keyless who signed it without a key of their own, and which of them is proven
 * @param unanswered why the registry could not be asked, or null
 */
public record ImageFacts(
        Digest digest,
        boolean exists,
        List<Provenance> provenances,
        List<ImageSignature> signatures,
        List<ScanReport> scans,
        List<String> bills,
        List<CertifiedSigner> keyless,
        Failure unanswered)
        implements Fact {
    public ImageFacts {
        provenances = List.copyOf(provenances);
        signatures = List.copyOf(signatures);
        scans = List.copyOf(scans);
        bills = List.copyOf(bills);
        keyless = List.copyOf(keyless);
    }

    /** Those of a service: whoever pushes an image of another one to its place takes the provenance along. */
    public List<Provenance> builtFor(ServiceName service) {
        return provenances.stream()
                .filter(one -> one.origin().service().equals(service))
                .toList();
    }

    /** How its unit tests ended: {@code passed}, {@code none}, {@code not-run}; empty when nobody signed that. */
    public String tests(ServiceName service) {
        List<String> verdicts =
                builtFor(service).stream().map(Provenance::tests).toList();
        return verdicts.contains("passed")
                ? "passed"
                : verdicts.stream().findFirst().orElse("");
    }

    /** One that the registry does not serve. */
    public static ImageFacts absent(Digest digest) {
        return unanswered(digest, null);
    }

    /** One that it could not be asked about. */
    public static ImageFacts unanswered(Digest digest, Failure why) {
        return new ImageFacts(digest, false, List.of(), List.of(), List.of(), List.of(), List.of(), why);
    }
}
