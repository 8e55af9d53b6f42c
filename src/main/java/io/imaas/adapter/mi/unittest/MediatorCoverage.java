package io.imaas.adapter.mi.unittest;

import static io.imaas.adapter.mi.unittest.SuiteReply.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.model.source.TestReport.Coverage;
import io.imaas.model.source.TestReport.MediatorRun;
import java.util.ArrayList;
import java.util.List;

/**
 * Which of an artifact's mediators ran. Newer servers name each of them; their percentage also counts those of the
 * sequences and templates that the artifact uses, so it counts only where a server tells nothing else.
 */
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
        String type = text(artifact, "artifactType");
        String name = text(artifact, "artifactName");
        JsonNode details = artifact.path("mediatorDetails");
        List<MediatorRun> mediators = new ArrayList<>();
        details.forEach(one -> mediators.add(
                new MediatorRun(text(one, "mediatorId"), one.path("executed").asBoolean())));
        double percentage = details.isArray()
                ? 100.0 * mediators.stream().filter(MediatorRun::executed).count() / Math.max(1, mediators.size())
                : percentage(text(artifact, "coveragePercentage"));
        // An artifact that only calls others has nothing of its own to run.
        boolean nothing = details.isArray() && mediators.isEmpty();
        if (!name.isEmpty() && percentage >= 0 && !nothing) {
            found.add(new Coverage(type, name, Math.min(100, percentage), mediators));
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
