package io.imaas.step.observe;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.image.CertifiedSigner;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ScanReport;
import io.imaas.model.rollout.Provenance;
import io.imaas.model.source.CycloneDx;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.snapshot.ImageFacts;
import io.imaas.plan.snapshot.Snapshot;
import io.imaas.port.ImageRegistry;
import io.imaas.step.record.Records;
import io.imaas.step.record.ScanReports;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the registry knows of an image, and what orchestrators and scanners have signed about it.
 *
 * @param scanners empty where no scan is asked for
 * @param bills whether bills of materials are asked for
 * @param keyless who signed without a key; empty where nobody may
 */
public record ImageObserver(
        ImageRegistry registry,
        Records records,
        Optional<ScanReports> scanners,
        boolean bills,
        Function<ImageRef, List<CertifiedSigner>> keyless)
        implements FactObserver {
    @Override
    public List<ImageFacts> observe(Tenant tenant, ArrivalObserver.Arrival arrival, Snapshot known) {
        return arrival.coming().stream()
                .filter(service -> service.release() != null)
                .map(service -> observe(service.release().image()))
                .toList();
    }

    private ImageFacts observe(ImageRef image) {
        try {
            if (!registry.exists(image)) {
                return ImageFacts.absent(image.digest());
            }
            List<Provenance> known = records.provenances(image, registry.attached(image, Provenance.TYPE));
            List<ScanReport> scans =
                    scanners.map(readers -> readers.of(image, registry)).orElse(List.of());
            List<String> billed = bills ? records.bills(image, registry.attached(image, CycloneDx.TYPE)) : List.of();
            return new ImageFacts(
                    image.digest(), true, known, registry.signatures(image), scans, billed, keyless.apply(image), null);
        } catch (FailureException e) {
            if (e.failure().kind() == FailureKind.DEFECT) {
                throw e;
            }
            return ImageFacts.unanswered(image.digest(), e.failure());
        }
    }
}
