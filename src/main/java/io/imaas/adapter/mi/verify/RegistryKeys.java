package io.imaas.adapter.mi.verify;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Where a registry key leads within the project, by the plugin's rules for {@code /_system/governance} and {@code /_system/config}. */
final class RegistryKeys {
    private static final Pattern KEY = Pattern.compile("^(gov|conf|local|resources|file|https?|ftp|jdbc):.*|.*/.*");
    /** Under this path lie {@code src/main/wso2mi/resources} themselves. */
    private static final String MI_RESOURCES = "mi-resources/";

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
        if (key.startsWith("resources:")) {
            return Optional.of(ProjectSources.RESOURCES + "/" + relative(key, "resources:"));
        }
        if (key.startsWith("gov:")) {
            return Optional.of(governance(relative(key, "gov:")));
        }
        if (key.startsWith("conf:")) {
            return Optional.of(ProjectSources.RESOURCES + "/registry/conf/" + relative(key, "conf:"));
        }
        if (key.startsWith("/_system/governance/")) {
            return Optional.of(governance(relative(key, "/_system/governance")));
        }
        if (key.startsWith("/_system/config/")) {
            return Optional.of(ProjectSources.RESOURCES + "/registry/conf/" + relative(key, "/_system/config"));
        }
        return Optional.empty();
    }

    private static String governance(String path) {
        return ProjectSources.RESOURCES
                + (path.startsWith(MI_RESOURCES)
                        ? "/" + path.substring(MI_RESOURCES.length())
                        : "/registry/gov/" + path);
    }

    private static String relative(String key, String prefix) {
        return key.substring(prefix.length()).replaceFirst("^/+", "");
    }
}
