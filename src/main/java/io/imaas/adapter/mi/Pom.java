package io.imaas.adapter.mi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a {@code pom.xml} says with its parents on this disk and its profiles that are active by default.
 *
 * @param packaging {@code pom} and {@code jar} in the VS Code layout
 * @param properties with their own references resolved
 * @param unsure why Maven may see it differently: a parent out of reach, a profile that turns itself on
 */
record Pom(
        String groupId,
        String artifactId,
        String version,
        String packaging,
        Map<String, String> properties,
        List<Dependency> dependencies,
        List<Plugin> plugins,
        List<String> modules,
        List<String> unsure) {
    static final String CAR_PLUGIN = "vscode-car-plugin";
    private static final Set<String> BEFORE_TESTS = Set.of(
            "validate",
            "initialize",
            "generate-sources",
            "process-sources",
            "generate-resources",
            "process-resources",
            "compile",
            "process-classes");

    Pom {
        properties = Map.copyOf(properties);
        dependencies = List.copyOf(dependencies);
        plugins = List.copyOf(plugins);
        modules = List.copyOf(modules);
        unsure = List.copyOf(unsure);
    }

    /**
     * A dependency as written.
     *
     * @param type {@code jar} when not written
     */
    record Dependency(String groupId, String artifactId, String version, String type, String scope) {
        String coordinates() {
            return groupId + ":" + artifactId + ":" + version;
        }
    }

    /**
     * A plugin of the build.
     *
     * @param version empty when it is not written
     * @param configuration its direct settings with a plain text, its executions' included
     */
    record Plugin(String artifactId, String version, List<Execution> executions, Map<String, String> configuration) {
        Plugin {
            executions = List.copyOf(executions);
            configuration = Map.copyOf(configuration);
        }
    }

    /**
     * One execution of a plugin.
     *
     * @param phase empty when it is the goal's own
     */
    record Execution(String id, String phase, List<String> goals) {
        Execution {
            goals = List.copyOf(goals);
        }
    }

    Optional<Plugin> plugin(String name) {
        return plugins.stream().filter(p -> p.artifactId().equals(name)).findFirst();
    }

    String property(String name) {
        return properties.getOrDefault(name, "");
    }

    boolean flag(String name) {
        return Boolean.parseBoolean(property(name));
    }

    /** The version that artifacts without one of their own get: WSO2's plugin drops {@code -SNAPSHOT}. */
    String artifactVersion() {
        return version.replace("-SNAPSHOT", "");
    }

    /** The CAR's file name: that of WSO2's plugin, with its {@code archiveName} setting. */
    String carName() {
        return carSetting("archiveName").orElse(artifactId + "_" + version) + ".car";
    }

    /** Whether the CAR is made before the unit tests would run, as the template has it. */
    boolean packsBeforeTests() {
        return plugin(CAR_PLUGIN).stream()
                .flatMap(p -> p.executions().stream())
                .anyMatch(e -> e.goals().contains("car") && BEFORE_TESTS.contains(e.phase()));
    }

    /** A setting of the CAR plugin: in its configuration, or a property of the same name. */
    Optional<String> carSetting(String name) {
        return plugin(CAR_PLUGIN)
                .map(p -> p.configuration().get(name))
                .or(() -> Optional.ofNullable(properties.get(name)))
                .filter(s -> !s.isBlank());
    }
}
