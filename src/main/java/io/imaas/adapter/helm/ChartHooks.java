package io.imaas.adapter.helm;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Location;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Helm would do besides making objects: hooks and a chart's {@code crds/}. They are not among the rendered manifests,
 * so no gate looks at them, and where rendered manifests are applied nobody runs them.
 */
final class ChartHooks {
    private static final Pattern HOOK = Pattern.compile("^[^#]*helm\\.sh/hook[\"']?\\s*:\\s*([^#]*).*");
    /** Run by {@code helm test} alone. */
    private static final Set<String> TESTS = Set.of("test", "test-success", "test-failure");

    private ChartHooks() {}

    /** @throws FailureException INPUT with the place of the first */
    static void refuse(Map<String, byte[]> files, String where) {
        files.forEach((path, content) -> {
            if (path.matches("charts/[^/]+\\.tgz")) {
                refuse(ChartFiles.ofArchive(content, where + ":" + path), where + ":" + path);
            } else if (path.matches("(charts/[^/]+/)*crds/.+")) {
                throw refused("has definitions of resources in crds/", Location.of(where + ":" + path));
            } else if (path.matches("(charts/[^/]+/)*templates/.+")) {
                inTemplate(new String(content, StandardCharsets.UTF_8), where + ":" + path);
            }
        });
    }

    private static void inTemplate(String text, String file) {
        int line = 0;
        for (String each : (Iterable<String>) text.lines()::iterator) {
            line++;
            Matcher hook = HOOK.matcher(each);
            if (hook.matches() && !isTest(hook.group(1))) {
                throw refused("has a hook of Helm", new Location(file, line, 0));
            }
        }
    }

    private static boolean isTest(String value) {
        return Arrays.stream(value.replaceAll("[\"'\\s]", "").split(",")).allMatch(TESTS::contains);
    }

    private static FailureException refused(String what, Location place) {
        return FailureException.input(
                "the chart " + what + ", which no gate would look at",
                place.toString(),
                "take it out; what a service needs once before its pods is a migration: docs/how-to/migrations.md");
    }
}
