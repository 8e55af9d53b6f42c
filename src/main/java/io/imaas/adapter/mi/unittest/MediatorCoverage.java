package io.imaas.adapter.mi.unittest;

import static io.imaas.adapter.mi.unittest.SuiteReply.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.model.source.TestReport.Coverage;
import java.util.ArrayList;
import java.util.List;

/** How many of an artifact's mediators ran. Runtimes differ in where they put it, older ones don't tell. */
final class MediatorCoverage {
    private MediatorCoverage() {}

    static List<Coverage> of(JsonNode coverage) {
        List<Coverage> found = new ArrayList<>();
        add(coverage.path("primaryArtifact"), found);
        coverage.path("supportingArtifacts").forEach(artifact -> add(artifact, found));
        coverage.path("artifacts").forEach(artifact -> add(artifact, found));
        return found;
    }

    private static void add(JsonNode artifact, List<Coverage> found) {
        String name = text(artifact, "artifactName");
        double percentage = percentage(text(artifact, "coveragePercentage"));
        if (!name.isEmpty() && percentage >= 0) {
            found.add(new Coverage(text(artifact, "artifactType"), name, Math.min(100, percentage)));
        }
    }

    /** A number, or a number as text with or without a percent sign; -1 for anything else. */
    private static double percentage(String text) {
        try {
            double value =
                    Double.parseDouble(text.replace("%", "").replace(',', '.').strip());
            return Double.isFinite(value) ? value : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
