package io.imaas.report;

import io.imaas.model.evidence.Evidence;
import io.imaas.model.evidence.Evidence.Decision;
import io.imaas.model.image.CertifiedSigner;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** An evidence file for people, as a fragment of HTML. What proves it is the file itself. */
public final class EvidenceHtml {
    private EvidenceHtml() {}

    /** @param review of the file, so that the page tells nothing that was not checked */
    public static String fragment(EvidenceReview review) {
        Evidence evidence = review.evidence();
        Decision decision = evidence.decision();
        Html html = new Html();
        Map<String, String> release = new LinkedHashMap<>();
        release.put("Version", evidence.release().version());
        release.put("Image", evidence.release().image().toString());
        release.put(
                "Sources",
                evidence.build().sources()
                        + (evidence.release().source() == null
                                ? ", at which commit is not known"
                                : " @ " + evidence.release().source()));
        release.put("SBOM (SHA-256)", evidence.build().sbom());
        release.put(
                "Signed without a key by",
                evidence.build().keyless().stream()
                        .map(CertifiedSigner::sentence)
                        .collect(Collectors.joining("; ")));
        release.putAll(evidence.build().labels());
        html.facts("Release", release);
        Map<String, String> change = new LinkedHashMap<>();
        change.put("Asked for by", decision.by());
        change.put("At", decision.at().toString());
        change.put("What", decision.subject());
        change.put("Wanted", decision.wanted().value());
        change.put(
                "Rendered",
                decision.rendered() == null ? "" : decision.rendered().value());
        change.put("Manifests (SHA-256)", decision.manifests());
        change.put("Chart (SHA-256)", decision.chart());
        html.facts("Change", change);
        html.facts("Gates at that moment", decision.gates());
        Map<String, String> checked = new LinkedHashMap<>();
        checked.put("trusted", review.trusted());
        review.parts().forEach(part -> checked.put(part.name(), (part.fits() ? "ok: " : "NOT OK: ") + part.found()));
        html.facts("Checked", checked);
        if (!evidence.missing().isEmpty()) {
            html.section("What is missing").list(evidence.missing()).close("section");
        }
        return html.toString();
    }
}
