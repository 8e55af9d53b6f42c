package io.imaas.report;

import io.imaas.model.source.TestReport;
import io.imaas.model.source.TestReport.Coverage;
import io.imaas.model.source.TestReport.MediatorRun;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Mediator coverage as Cobertura XML: a package is a kind of artifacts, a class an artifact, a line a mediator in document
 * order. Where the server tells a percentage only, an artifact has a hundred lines of which as many as per cent were hit.
 * The file name is not a file of the sources, so that nobody paints these lines into one.
 */
public final class CoberturaXml {
    private static final int LINES = 100;

    private CoberturaXml() {}

    public static String of(TestReport report) {
        Map<String, Map<String, Coverage>> byType = new TreeMap<>();
        List<Coverage> all = CoverageTotals.of(report);
        all.forEach(c -> byType.computeIfAbsent(type(c), t -> new TreeMap<>()).put(c.artifactName(), c));
        XmlLines xml = new XmlLines();
        Map<String, String> root = rates(all);
        root.put("version", "1");
        // A report is the same for the same results; the time of the run is the CI server's to know.
        root.put("timestamp", "0");
        xml.open("coverage", root);
        xml.open("packages", Map.of());
        byType.forEach((type, artifacts) -> {
            xml.open("package", named(type, artifacts.values()));
            xml.open("classes", Map.of());
            artifacts.values().forEach(coverage -> artifact(xml, type, coverage));
            xml.close().close();
        });
        return xml.close().close().end();
    }

    private static void artifact(XmlLines xml, String type, Coverage coverage) {
        Map<String, String> attributes = named(coverage.artifactName(), List.of(coverage));
        attributes.put("filename", type + "/" + coverage.artifactName());
        xml.open("class", attributes);
        xml.element("methods", Map.of(), "");
        xml.open("lines", Map.of());
        int number = 0;
        for (boolean ran : lines(coverage)) {
            number++;
            Map<String, String> line = new LinkedHashMap<>();
            line.put("number", String.valueOf(number));
            line.put("hits", ran ? "1" : "0");
            xml.element("line", line, "");
        }
        xml.close().close();
    }

    private static List<Boolean> lines(Coverage coverage) {
        return coverage.mediators().isEmpty()
                ? IntStream.rangeClosed(1, LINES)
                        .mapToObj(line -> line <= Math.round(coverage.percentage()))
                        .toList()
                : coverage.mediators().stream().map(MediatorRun::executed).toList();
    }

    private static String type(Coverage coverage) {
        return coverage.artifactType().isEmpty() ? "artifact" : coverage.artifactType();
    }

    private static Map<String, String> named(String name, Collection<Coverage> all) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("name", name);
        attributes.putAll(rates(all));
        return attributes;
    }

    /** The share of all mediators; an artifact of which only a percentage is known counts as its lines do. */
    private static Map<String, String> rates(Collection<Coverage> all) {
        List<Boolean> lines = all.stream().flatMap(c -> lines(c).stream()).toList();
        double rate = (double) lines.stream().filter(ran -> ran).count() / Math.max(1, lines.size());
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("line-rate", String.format(Locale.ROOT, "%.4f", rate));
        attributes.put("branch-rate", "0");
        attributes.put("complexity", "0");
        return attributes;
    }
}
