package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.source.Similarity;
import io.imaas.model.failure.Location;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code config.properties} declares keys and their types. The runtime knows {@code cert} and takes all else for a string. */
final class ConfigTypeCheck {
    private static final Set<String> TYPES = Set.of("string", "cert");
    private static final Pattern LINE = Pattern.compile("\\s*+([^#!\\s:=][^\\s:=]*+)\\s*+[:=]?\\s*+(.*)");

    private ConfigTypeCheck() {}

    static void run(ProjectSources sources) {
        if (!sources.tree().has(ProjectSources.CONFIG)) {
            return;
        }
        Map<String, Integer> seen = new HashMap<>();
        int number = 0;
        List<String> lines = new String(sources.tree().read(ProjectSources.CONFIG), StandardCharsets.UTF_8)
                .lines()
                .toList();
        for (String line : lines) {
            number++;
            Matcher entry = LINE.matcher(line);
            if (entry.matches()) {
                Location where = new Location(ProjectSources.CONFIG, number, 1);
                type(sources.findings(), entry.group(1), entry.group(2).strip(), where);
                Integer before = seen.putIfAbsent(entry.group(1), number);
                if (before != null) {
                    sources.warning(
                            "config-type",
                            where,
                            "the key '" + entry.group(1) + "' is declared in line " + before + " already",
                            "remove one of them: the last one counts");
                }
            }
        }
    }

    private static void type(Findings findings, String key, String type, Location where) {
        Optional<String> meant = type.toLowerCase(Locale.ROOT).startsWith("cert")
                ? Optional.of("cert")
                : Similarity.nearest(type, TYPES);
        if (!TYPES.contains(type) && meant.isPresent()) {
            findings.warning(
                    "config-type",
                    where,
                    "the key '" + key + "' has the type '" + type + "', which the runtime takes for a string",
                    "did you mean '" + meant.get() + "'?");
        }
    }
}
