package io.imaas.step.record;

import io.imaas.model.image.Vulnerability;
import io.imaas.model.record.Statement;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What signed documents of OpenVEX (github.com/openvex/spec, 0.2) say about one image. The newest statement about a vulnerability
 * decides; whoever says that it does no harm must say why.
 */
final class OpenVex {
    /** What {@code cosign attest --type openvex} writes, and what {@code vexctl} does. */
    static final List<String> TYPES = List.of("https://openvex.dev/ns", "https://openvex.dev/ns/v0.2.0");

    private static final Set<String> HARMLESS = Set.of("not_affected", "fixed");

    private final List<Said> all = new ArrayList<>();

    /**
     * One statement.
     *
     * @param names of the vulnerability
     * @param parts the only packages that it is about, as package URLs; none: all
     */
    private record Said(Set<String> names, List<String> parts, boolean harmless, Instant at) {
        boolean isAbout(Vulnerability one) {
            return names.contains(one.id())
                    && (parts.isEmpty() || parts.stream().anyMatch(part -> isPart(part, one.part())));
        }

        /** Scanners name a package by its name, {@code group:artifact} or its URL. */
        private static boolean isPart(String url, String name) {
            String bare = url.replaceFirst("[@?#].*$", "").replaceFirst("^pkg:[^/]+/", "");
            return url.equals(name) || bare.equals(name.replace(':', '/')) || bare.endsWith("/" + name);
        }
    }

    /** @param document signed by somebody who counts, about this very image */
    void add(Statement document) {
        Map<String, Object> said = document.said();
        for (Map<?, ?> one : ScanReports.list(said.get("statements"))) {
            String status = ScanReports.text(one, "status");
            boolean reasoned = !status.equals("not_affected")
                    || one.containsKey("justification")
                    || one.containsKey("impact_statement");
            if (reasoned && isOf(document, ScanReports.list(one.get("products")))) {
                all.add(new Said(
                        names(one.get("vulnerability")), parts(one), HARMLESS.contains(status), at(one, said)));
            }
        }
    }

    /** The document hangs at the image; a statement that names products must name it. */
    private static boolean isOf(Statement document, List<Map<?, ?>> products) {
        return products.isEmpty()
                || products.stream().anyMatch(product -> product.toString().contains(document.sha256()));
    }

    private static Set<String> names(Object vulnerability) {
        Map<?, ?> map = ScanReports.map(vulnerability);
        Set<String> names = new TreeSet<>(List.of(ScanReports.text(map, "name"), ScanReports.text(map, "@id")));
        if (map.get("aliases") instanceof List<?> aliases) {
            aliases.forEach(alias -> names.add(String.valueOf(alias)));
        }
        names.remove("");
        return names;
    }

    private static List<String> parts(Map<?, ?> statement) {
        return ScanReports.list(statement.get("products")).stream()
                .flatMap(product -> ScanReports.list(product.get("subcomponents")).stream())
                .map(part -> ScanReports.text(part, "@id"))
                .toList();
    }

    private static Instant at(Map<?, ?> statement, Map<?, ?> document) {
        return Stream.of(
                        ScanReports.text(statement, "timestamp"),
                        ScanReports.text(document, "last_updated"),
                        ScanReports.text(document, "timestamp"))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .map(text -> OffsetDateTime.parse(text).toInstant())
                .orElseThrow(() -> new DateTimeException("no timestamp"));
    }

    /** Whether it does no harm in this image. */
    boolean excuses(Vulnerability one) {
        return all.stream()
                .filter(said -> said.isAbout(one))
                .max(Comparator.comparing(Said::at).thenComparing(said -> !said.harmless()))
                .filter(Said::harmless)
                .isPresent();
    }
}
