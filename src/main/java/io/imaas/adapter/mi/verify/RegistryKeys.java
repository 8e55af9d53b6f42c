package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.layout.RegistryPaths;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Where a registry key leads within the project, by the plugin's rules for {@code /_system/governance} and {@code /_system/config}. */
final class RegistryKeys {
    private static final Pattern KEY = Pattern.compile("^(gov|conf|local|resources|file|https?|ftp|jdbc):.*|.*/.*");

    private final ProjectSources sources;
    private final Set<String> fileNames = new HashSet<>();

    RegistryKeys(ProjectSources sources) {
        this.sources = sources;
        for (String file : sources.tree().files()) {
            fileNames.add(file.substring(file.lastIndexOf('/') + 1));
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
        Optional<String> file = RegistryPaths.ofKey(key).map(below -> ProjectSources.RESOURCES + "/" + below);
        return file.filter(one -> exists(one) || RegistryCheck.isMade(sources.project(), one))
                .isPresent();
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
}
