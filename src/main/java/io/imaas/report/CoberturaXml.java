package io.imaas.report;

import io.imaas.model.source.TestReport;
import io.imaas.model.source.TestReport.Coverage;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Mediator coverage as Cobertura XML: a package is a kind of artifacts, a class an artifact. The protocol tells a
 * percentage and no places, and readers count lines, so every artifact has a hundred lines of which as many as per cent
 * were hit; its file name is no file of the sources, so that nobody paints these lines into one. When several suites
 * touch an artifact, the best of them counts: the least that is certain of them all together.
 */
public final class CoberturaXml {
    private static final int LINES = 100;

    private CoberturaXml() {}

    public static String of(TestReport report) {
        Map<String, Map<String, Double>> byType = new TreeMap<>();
        report.suites().stream().flatMap(s -> s.coverage().stream()).forEach(c -> byType.computeIfAbsent(
                        type(c), t -> new TreeMap<>())
                .merge(c.artifactName(), c.percentage(), Math::max));
        XmlLines xml = new XmlLines();
        List<Double> all =
                byType.values().stream().flatMap(m -> m.values().stream()).toList();
        Map<String, String> root = rates(all);
        root.put("version", "1");
        // A report is the same for the same results; the time of the run is the CI server's to know.
        root.put("timestamp", "0");
        xml.open("coverage", root);
        xml.open("packages", Map.of());
        byType.forEach((type, artifacts) -> {
            xml.open("package", named(type, artifacts.values()));
            xml.open("classes", Map.of());
            artifacts.forEach((name, percentage) -> artifact(xml, type, name, percentage));
            xml.close().close();
        });
        return xml.close().close().end();
    }

    private static void artifact(XmlLines xml, String type, String name, double percentage) {
        Map<String, String> attributes = named(name, List.of(percentage));
        attributes.put("filename", type + "/" + name);
        xml.open("class", attributes);
        xml.element("methods", Map.of(), "");
        xml.open("lines", Map.of());
        for (int line = 1; line <= LINES; line++) {
            Map<String, String> hit = new LinkedHashMap<>();
            hit.put("number", String.valueOf(line));
            hit.put("hits", line <= Math.round(percentage) ? "1" : "0");
            xml.element("line", hit, "");
        }
        xml.close().close();
    }

    private static String type(Coverage coverage) {
        return coverage.artifactType().isEmpty() ? "artifact" : coverage.artifactType();
    }

    private static Map<String, String> named(String name, Collection<Double> percentages) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("name", name);
        attributes.putAll(rates(percentages));
        return attributes;
    }

    private static Map<String, String> rates(Collection<Double> percentages) {
        double mean =
                percentages.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("line-rate", String.format(Locale.ROOT, "%.4f", mean / 100));
        attributes.put("branch-rate", "0");
        attributes.put("complexity", "0");
        return attributes;
    }
}
