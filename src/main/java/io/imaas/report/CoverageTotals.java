package io.imaas.report;

import io.imaas.model.source.TestReport;
import io.imaas.model.source.TestReport.Coverage;
import io.imaas.model.source.TestReport.MediatorRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The coverage of all suites together. A mediator ran when any suite reached it; where a server tells percentages only,
 * the best suite counts: the least that is certain of them all.
 */
public final class CoverageTotals {
    private CoverageTotals() {}

    /** One for each artifact, in the order in which suites name them first. */
    public static List<Coverage> of(TestReport report) {
        Map<String, List<Coverage>> byArtifact = new LinkedHashMap<>();
        report.suites().stream().flatMap(suite -> suite.coverage().stream()).forEach(coverage -> byArtifact
                .computeIfAbsent(coverage.artifactType() + ":" + coverage.artifactName(), k -> new ArrayList<>())
                .add(coverage));
        return byArtifact.values().stream().map(CoverageTotals::together).toList();
    }

    private static Coverage together(List<Coverage> one) {
        Map<String, Boolean> runs = new LinkedHashMap<>();
        one.forEach(
                coverage -> coverage.mediators().forEach(m -> runs.merge(m.id(), m.executed(), Boolean::logicalOr)));
        double best = one.stream().mapToDouble(Coverage::percentage).max().orElse(0);
        long executed = runs.values().stream().filter(ran -> ran).count();
        List<MediatorRun> mediators = new ArrayList<>();
        runs.forEach((id, ran) -> mediators.add(new MediatorRun(id, ran)));
        return new Coverage(
                one.get(0).artifactType(),
                one.get(0).artifactName(),
                runs.isEmpty() ? best : 100.0 * executed / runs.size(),
                mediators);
    }
}
