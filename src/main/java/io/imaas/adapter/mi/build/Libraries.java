package io.imaas.adapter.mi.build;

import io.imaas.adapter.mi.layout.VsCodeLayout;
import io.imaas.adapter.mi.pom.Pom;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * JDBC drivers and the like, which WSO2's project template copies from the pom's dependencies to {@code deployment/libs} for
 * the image. They are not part of the CAR.
 *
 * @param all the dependencies that are copied; none where the pom copies nothing, or in another way than the template
 */
public record Libraries(Path folder, List<Pom.Dependency> all) {
    /** What the project's pom copies. */
    public static Libraries of(VsCodeLayout layout, Pom pom) {
        Path folder = layout.root().resolve("deployment/libs");
        return new Libraries(
                folder,
                pom.plugin("maven-dependency-plugin")
                        .filter(Libraries::copiesDirectOnes)
                        .map(plugin -> copied(pom, plugin))
                        .orElse(List.of()));
    }

    private static boolean copiesDirectOnes(Pom.Plugin plugin) {
        return plugin.configuration().getOrDefault("outputDirectory", "").endsWith("deployment/libs")
                && plugin.configuration().getOrDefault("excludeTransitive", "").equals("true");
    }

    private static List<Pom.Dependency> copied(Pom pom, Pom.Plugin plugin) {
        Set<String> excluded = Arrays.stream(plugin.configuration()
                        .getOrDefault("excludeGroupIds", "")
                        .split(","))
                .map(String::strip)
                .collect(Collectors.toSet());
        return pom.dependencies().stream()
                .filter(one -> one.type().equals("jar") && !one.scope().equals("test"))
                .filter(one -> !excluded.contains(one.groupId()))
                .filter(one -> !one.version().isEmpty() && !one.coordinates().contains("${"))
                .toList();
    }

    /** Those that are not in the folder yet. */
    public List<Pom.Dependency> missing() {
        return all.stream()
                .filter(one -> !Files.isRegularFile(folder.resolve(fileName(one))))
                .toList();
    }

    /** As Maven names it. */
    public static String fileName(Pom.Dependency library) {
        return library.artifactId() + "-" + library.version() + ".jar";
    }
}
