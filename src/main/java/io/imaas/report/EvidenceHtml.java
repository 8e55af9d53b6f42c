package io.imaas.report;

import io.imaas.model.evidence.Evidence;
import io.imaas.model.evidence.Evidence.Decision;
import java.util.LinkedHashMap;
import java.util.Map;

/** An evidence file for people, as a fragment of HTML. What proves it is the file itself. */
public final class EvidenceHtml {
    private EvidenceHtml() {}

    /** @param review of the file, so that the page tells nothing that was not checked */
    public static String fragment(EvidenceReview review) {
        Evidence evidence = review.evidence();
        Decision decision = evidence.decision();
        StringBuilder html = new StringBuilder();
        Map<String, String> release = new LinkedHashMap<>();
        release.put("Version", evidence.release().version());
        release.put("Image", evidence.release().image().toString());
        release.put(
                "Sources",
                evidence.build().sources() + " @ " + evidence.release().source());
        release.put("SBOM (SHA-256)", evidence.build().sbom());
        release.putAll(evidence.build().labels());
        table(html, "Release", release);
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
        table(html, "Change", change);
        table(html, "Gates at that moment", decision.gates());
        Map<String, String> checked = new LinkedHashMap<>();
        review.parts().forEach(part -> checked.put(part.name(), (part.fits() ? "ok: " : "NOT OK: ") + part.found()));
        table(html, "Checked", checked);
        if (!evidence.missing().isEmpty()) {
            html.append("<section><h2>Not there</h2><ul>");
            evidence.missing()
                    .forEach(one ->
                            html.append("<li>").append(HtmlPage.escape(one)).append("</li>"));
            html.append("</ul></section>");
        }
        return html.toString();
    }

    private static void table(StringBuilder html, String title, Map<String, String> rows) {
        html.append("<section><h2>").append(HtmlPage.escape(title)).append("</h2><div class=\"wide\"><table><tbody>");
        rows.forEach((name, value) -> {
            if (!value.isEmpty()) {
                html.append("<tr><th scope=\"row\">")
                        .append(HtmlPage.escape(name))
                        .append("</th><td>")
                        .append(HtmlPage.escape(value))
                        .append("</td></tr>");
            }
        });
        html.append("</tbody></table></div></section>");
    }
}
