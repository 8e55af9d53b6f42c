package io.imaas.step.record;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.SigningKey;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ScanReport;
import io.imaas.model.image.Vulnerability;
import io.imaas.model.image.Vulnerability.Severity;
import io.imaas.model.record.Envelope;
import io.imaas.model.record.Statement;
import io.imaas.model.record.Statement.SignedStatement;
import io.imaas.model.record.Trust;
import io.imaas.model.tenancy.VulnerabilityPolicy;
import io.imaas.port.ImageRegistry;
import io.imaas.port.SignedStatements;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads scanners' reports out of signed statements: those of Trivy ({@code Results[].Vulnerabilities[]}), of Grype
 * ({@code matches[]}) and CycloneDX ({@code vulnerabilities[]}; what its analysis says does not apply is left out), and what
 * OpenVEX says of them. What is not signed by a listed key, is about another image, or holds no such report is as if it were not there.
 */
public record ScanReports(SignedStatements format, List<SigningKey> scanners, Trust orchestrators) {
    /** The name of the key under reports of the platform's own scanner. */
    private static final String OURS = "orchestrator";

    private static final List<String> NOT_AFFECTED = List.of("not_affected", "false_positive", "resolved");

    /** As the platform has it: where it scans by itself, reports that its orchestrators signed count as well. */
    public static ScanReports of(VulnerabilityPolicy policy, Records records) {
        Trust own = records.trust().orElse(records.format().key());
        return new ScanReports(
                records.format(), policy.scanners(), policy.scan().isPresent() ? own : Trust.NONE);
    }

    /**
     * A scanner's own report, which nobody has signed.
     *
     * @throws FailureException INPUT when it is of no kind that can be read
     */
    public static ScanReport unsigned(String scanner, Instant at, Map<String, Object> report) {
        return vulnerabilities(report)
                .map(found -> new ScanReport(scanner, at, "", found))
                .orElseThrow(() -> FailureException.input(
                        scanner + " wrote no report of Trivy, Grype or CycloneDX",
                        "platform.yaml",
                        "have it write JSON: policy.images.vulnerabilities.scan.command"));
    }

    /** What is signed of a report: what gates read of it, in the form of {@code cosign attest --type vuln}. */
    public static Statement statement(ImageRef image, ScanReport report) {
        List<Map<String, Object>> found = report.found().stream()
                .map(one -> Map.<String, Object>of(
                        "VulnerabilityID", one.id(),
                        "Severity", one.severity().name(),
                        "PkgName", one.part(),
                        "FixedVersion", one.fixedIn()))
                .toList();
        Map<String, Object> result =
                Map.of("Results", List.of(Map.of("Target", image.toString(), "Vulnerabilities", found)));
        String at = report.at().toString();
        return new Statement(
                ScanReport.TYPE,
                image.repository().toString(),
                image.digest().hex(),
                Map.of(
                        Statement.AT,
                        at,
                        "scanner",
                        Map.of("uri", report.scanner(), "result", result),
                        "metadata",
                        Map.of("scanStartedOn", at, "scanFinishedOn", at)));
    }

    /** What is known of an image by the statements that the registry keeps beside it. */
    public List<ScanReport> of(ImageRef image, ImageRegistry registry) {
        OpenVex vex = new OpenVex();
        for (String type : OpenVex.TYPES) {
            for (SignedStatement signed : believed(image, type, registry.attached(image, type))) {
                try {
                    vex.add(signed.statement());
                } catch (DateTimeException unreadable) {
                    // What does not say when it was said excuses nothing.
                }
            }
        }
        return of(image, registry.attached(image, ScanReport.TYPE)).stream()
                .map(report -> report.without(vex::excuses))
                .toList();
    }

    public List<ScanReport> of(ImageRef image, List<String> envelopes) {
        List<ScanReport> found = new ArrayList<>();
        for (SignedStatement signed : believed(image, ScanReport.TYPE, envelopes)) {
            try {
                report(signed, by(signed).orElseThrow()).ifPresent(found::add);
            } catch (DateTimeException unreadable) {
                // As one that is not there.
            }
        }
        return found;
    }

    private List<SignedStatement> believed(ImageRef image, String type, List<String> envelopes) {
        return Records.said(format, type, image, envelopes, signed -> by(signed).isPresent(), Function.identity());
    }

    private Optional<String> by(SignedStatement signed) {
        return scanners.stream()
                .filter(signed.envelope()::signedBy)
                .findFirst()
                .map(SigningKey::name)
                .or(() -> orchestrators.doubt(signed, Envelope::signedBy).isEmpty()
                        ? Optional.of(OURS)
                        : Optional.empty());
    }

    private static Optional<ScanReport> report(SignedStatement signed, String by) {
        Map<?, ?> scanner = map(signed.statement().said().get("scanner"));
        Map<?, ?> metadata = map(signed.statement().said().get("metadata"));
        Instant at = OffsetDateTime.parse(text(metadata, "scanFinishedOn")).toInstant();
        return vulnerabilities(map(scanner.get("result")))
                .map(found -> new ScanReport(text(scanner, "uri"), at, by, found));
    }

    /** Empty when it is not a report that can be read: that says nothing, and least of all that all is well. */
    private static Optional<List<Vulnerability>> vulnerabilities(Map<?, ?> result) {
        List<Vulnerability> found = new ArrayList<>();
        if (result.containsKey("Results") || result.containsKey("SchemaVersion")) {
            list(result.get("Results")).forEach(target -> list(target.get("Vulnerabilities"))
                    .forEach(one -> found.add(new Vulnerability(
                            text(one, "VulnerabilityID"),
                            Severity.of(text(one, "Severity")),
                            text(one, "PkgName"),
                            text(one, "FixedVersion")))));
        } else if (result.containsKey("matches")) {
            list(result.get("matches")).forEach(match -> found.add(grype(match)));
        } else if ("CycloneDX".equals(result.get("bomFormat"))) {
            list(result.get("vulnerabilities")).stream()
                    .filter(one -> !NOT_AFFECTED.contains(text(map(one.get("analysis")), "state")))
                    .forEach(one -> found.add(cycloneDx(one)));
        } else {
            return Optional.empty();
        }
        return Optional.of(found);
    }

    private static Vulnerability grype(Map<?, ?> match) {
        Map<?, ?> vulnerability = map(match.get("vulnerability"));
        Object versions = map(vulnerability.get("fix")).get("versions");
        return new Vulnerability(
                text(vulnerability, "id"),
                Severity.of(text(vulnerability, "severity")),
                text(map(match.get("artifact")), "name"),
                versions instanceof List<?> known && !known.isEmpty() ? String.valueOf(known.get(0)) : "");
    }

    private static Vulnerability cycloneDx(Map<?, ?> one) {
        Severity worst = list(one.get("ratings")).stream()
                .map(rating -> Severity.of(text(rating, "severity")))
                .max(java.util.Comparator.naturalOrder())
                .orElse(Severity.UNKNOWN);
        String part = list(one.get("affects")).stream()
                .map(affected -> text(affected, "ref"))
                .findFirst()
                .orElse("");
        return new Vulnerability(text(one, "id"), worst, part, text(one, "recommendation"));
    }

    static Map<?, ?> map(Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    static List<Map<?, ?>> list(Object value) {
        List<Map<?, ?>> maps = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(item -> maps.add(map(item)));
        }
        return maps;
    }

    static String text(Map<?, ?> map, String key) {
        return map.get(key) instanceof String text ? text : "";
    }
}
