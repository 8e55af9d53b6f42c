package io.imaas.report;

import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.model.failure.Problem.Severity;
import io.imaas.model.source.LintRule;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Problems as SARIF 2.1.0 (OASIS), which GitHub, Jenkins' warnings-ng and editors read. */
public final class SarifReport {
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    private static final String BASE = "PROJECT";
    /** A name that stays, whatever address the documents are published under. */
    private static final String HELP = "urn:imaas:docs:lint-rules.md#";

    private SarifReport() {}

    /** @param toolVersion of this program */
    public static String of(List<Problem> problems, String toolVersion) {
        List<String> rules =
                problems.stream().map(Problem::rule).distinct().sorted().toList();
        Map<String, Object> driver = new LinkedHashMap<>();
        driver.put("name", "imaas");
        driver.put("version", toolVersion);
        driver.put("rules", rules.stream().map(SarifReport::rule).toList());
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("tool", Map.of("driver", driver));
        // Columns are UTF-16 units, as Java counts.
        run.put("columnKind", "utf16CodeUnits");
        run.put(
                "results",
                problems.stream().map(p -> result(p, rules.indexOf(p.rule()))).toList());
        Map<String, Object> log = new LinkedHashMap<>();
        log.put("$schema", SCHEMA);
        log.put("version", "2.1.0");
        log.put("runs", List.of(run));
        return Json.pretty(log) + "\n";
    }

    /** Rules of the checks of MI projects have a page of their own; others speak for themselves. */
    private static Map<String, Object> rule(String id) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("id", id);
        LintRule.of(id).ifPresent(known -> {
            rule.put("shortDescription", Map.of("text", known.summary()));
            rule.put("helpUri", HELP + id);
            rule.put("help", Map.of("text", known.summary() + "; docs/lint-rules.md, section " + id));
            rule.put("defaultConfiguration", Map.of("level", level(known.severity())));
        });
        return rule;
    }

    private static Map<String, Object> result(Problem problem, int ruleIndex) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("ruleId", problem.rule());
        result.put("ruleIndex", ruleIndex);
        result.put("level", level(problem.severity()));
        result.put("message", Map.of("text", message(problem)));
        result.put("locations", List.of(Map.of("physicalLocation", place(problem.where()))));
        // Without the line: a finding stays the same one when code above it moves.
        int identity = Objects.hash(problem.rule(), problem.where().file(), problem.what());
        result.put("partialFingerprints", Map.of("imaas/v1", "%08x".formatted(identity)));
        return result;
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO -> "note";
        };
    }

    private static String message(Problem problem) {
        return problem.fix().isEmpty() ? problem.what() : problem.what() + " (" + problem.fix() + ")";
    }

    private static Map<String, Object> place(Location where) {
        Map<String, Object> place = new LinkedHashMap<>();
        place.put("artifactLocation", Map.of("uri", uri(where.file()), "uriBaseId", BASE));
        if (where.line() > 0) {
            Map<String, Object> region = new LinkedHashMap<>();
            region.put("startLine", where.line());
            if (where.column() > 0) {
                region.put("startColumn", where.column());
            }
            place.put("region", region);
        }
        return place;
    }

    private static String uri(String file) {
        try {
            return new URI(null, null, file, null).getRawPath();
        } catch (URISyntaxException e) {
            return file.replace(" ", "%20");
        }
    }
}
