package io.imaas.adapter.mi.layout;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the parts of the registry lie in a project of the VS Code layout. */
public final class RegistryPaths {
    /** The resources' own folder, for build plugins that read the list there. */
    private static final String MI_RESOURCES = "/_system/governance/mi-resources";

    /** The longer path comes first. */
    private static final List<Map.Entry<String, String>> PARTS = List.of(
            Map.entry(MI_RESOURCES, ""), Map.entry("/_system/governance", "gov"), Map.entry("/_system/config", "conf"));

    private RegistryPaths() {}

    /** The parts' paths in the registry. */
    public static List<String> known(boolean resourceList) {
        return PARTS.stream()
                .map(Map.Entry::getKey)
                .filter(part -> resourceList || !part.equals(MI_RESOURCES))
                .toList();
    }

    /**
     * Where a path of the registry lies below the folder of the {@code artifact.xml} that names it.
     *
     * @param resourceList whether the resources' own folder is a part of the registry
     * @return without a slash at its beginning; empty for what is in no known part
     */
    public static Optional<String> below(String path, boolean resourceList) {
        return PARTS.stream()
                .filter(part -> path.startsWith(part.getKey()))
                .filter(part -> resourceList || !part.getKey().equals(MI_RESOURCES))
                .findFirst()
                .map(part -> (part.getValue() + path.substring(part.getKey().length())).replaceFirst("^/+", ""));
    }

    /** Where what a key such as {@code gov:a/b.xsl} or {@code resources:a.json} means lies below the resources. */
    public static Optional<String> ofKey(String key) {
        String path = key.replaceFirst("^resources:/*", MI_RESOURCES + "/")
                .replaceFirst("^gov:/*", "/_system/governance/")
                .replaceFirst("^conf:/*", "/_system/config/");
        return below(path, true).map(below -> path.startsWith(MI_RESOURCES + "/") ? below : "registry/" + below);
    }
}
