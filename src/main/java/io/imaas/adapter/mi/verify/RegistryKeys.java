package io.imaas.adapter.mi.verify;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Where a registry key leads within the project, by the plugin's rules for {@code /_system/governance} and {@code /_system/config}. */
final class RegistryKeys {
    private static final Pattern KEY = Pattern.compile("^(gov|conf|local|resources|file|https?|ftp|jdbc):.*|.*/.*");
    private static final String MI_RESOURCES = "/_system/governance/mi-resources/";
    /** Where the registry's parts lie; the longer path comes first. */
    private static final List<Map.Entry<String, String>> PLACES = List.of(
            Map.entry(MI_RESOURCES, ProjectSources.RESOURCES + "/"),
            Map.entry("/_system/governance/", ProjectSources.RESOURCES + "/registry/gov/"),
            Map.entry("/_system/config/", ProjectSources.RESOURCES + "/registry/conf/"));

    private final ProjectSources sources;
    /** Folders of data mappers, from {@code datamapper/} on. */
    private final Set<String> mappers = new HashSet<>();

    private final Set<String> fileNames = new HashSet<>();

    RegistryKeys(ProjectSources sources) {
        this.sources = sources;
        for (String file : sources.tree().files()) {
            fileNames.add(file.substring(file.lastIndexOf('/') + 1));
            int mapper = file.indexOf("/datamapper/");
            if (mapper >= 0 && file.endsWith(".ts")) {
                mappers.add(file.substring(mapper + 1, file.lastIndexOf('/')));
            }
        }
    }

    static boolean isRegistryKey(String key) {
        return KEY.matcher(key).matches();
    }

    /** Whether the key can only mean a file of this project. */
    boolean isOwn(String key) {
        return key.startsWith("resources:") && !sources.studio();
    }

    boolean resolves(String key) {
        Optional<String> file = file(key);
        return file.filter(this::exists).isPresent() || generated(key);
    }

    /** A data mapper's files come from its TypeScript when the project is built. */
    private boolean generated(String key) {
        String path = key.replaceFirst("^\\w+:/*", "");
        if (!path.matches("(.*/)?datamapper/.+(\\.dmc|_(in|out)putSchema\\.json)")) {
            return false;
        }
        return mappers.contains(path.substring(path.indexOf("datamapper/"), path.lastIndexOf('/')));
    }

    private boolean exists(String file) {
        return sources.tree().has(file)
                || sources.tree().anyBeginsWith(file + ".")
                || sources.tree().anyBeginsWith(file + "/")
                || (sources.studio() && fileNames.contains(lastPart(file)));
    }

    /** In a Studio project the file lies in some module's folder under its own name. */
    private static String lastPart(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }

    private static Optional<String> file(String key) {
        String path = key.replaceFirst("^resources:/*", MI_RESOURCES)
                .replaceFirst("^gov:/*", "/_system/governance/")
                .replaceFirst("^conf:/*", "/_system/config/");
        return PLACES.stream()
                .filter(place -> path.startsWith(place.getKey()))
                .findFirst()
                .map(place -> place.getValue()
                        + path.substring(place.getKey().length()).replaceFirst("^/+", ""));
    }
}
