package io.imaas.adapter.mi.pom;

import io.imaas.adapter.xml.XmlElement;
import io.imaas.model.source.MiRuntime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.model.Model;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * What a {@code pom.xml} says with its parents on this disk and its profiles that are active by default; references
 * are resolved.
 *
 * @param packaging {@code pom} and {@code jar} in the VS Code layout
 * @param properties with their own references resolved
 * @param unsure why Maven may see it differently: a parent out of reach, a profile that turns itself on
 */
public record Pom(
        String groupId,
        String artifactId,
        String version,
        String packaging,
        Map<String, String> properties,
        List<Dependency> dependencies,
        List<Plugin> plugins,
        List<String> unsure) {
    public static final String CAR_PLUGIN = "vscode-car-plugin";
    private static final Set<String> BEFORE_TESTS = Set.of(
            "validate",
            "initialize",
            "generate-sources",
            "process-sources",
            "generate-resources",
            "process-resources",
            "compile",
            "process-classes");

    public Pom {
        properties = Map.copyOf(properties);
        dependencies = List.copyOf(dependencies);
        plugins = List.copyOf(plugins);
        unsure = List.copyOf(unsure);
    }

    /**
     * A dependency as written.
     *
     * @param type {@code jar} when not written
     */
    public record Dependency(String groupId, String artifactId, String version, String type, String scope) {
        /** As the {@code descriptor.xml} of a CAR names another one. */
        public static Dependency ofCar(XmlElement named) {
            return new Dependency(
                    named.attribute("groupId"), named.attribute("artifactId"), named.attribute("version"), "car", "");
        }

        public String coordinates() {
            return groupId + ":" + artifactId + ":" + version;
        }
    }

    /**
     * A plugin of the build.
     *
     * @param version empty when it is not written
     * @param configuration its direct settings with their plain text, empty where they have settings of their own; its
     *     executions' included
     */
    public record Plugin(
            String artifactId, String version, List<Execution> executions, Map<String, String> configuration) {
        public Plugin {
            executions = List.copyOf(executions);
            configuration = Map.copyOf(configuration);
        }
    }

    /**
     * One execution of a plugin.
     *
     * @param phase empty when it is the goal's own
     */
    public record Execution(String phase, List<String> goals) {
        public Execution {
            goals = List.copyOf(goals);
        }
    }

    /** @param unsure why Maven may see it differently */
    public static Pom of(Model model, Set<String> unsure) {
        model.getDependencies().stream()
                .filter(one -> one.getClassifier() != null)
                .forEach(one -> unsure.add("its dependency " + one.getArtifactId() + " has a classifier"));
        Map<String, String> properties = new HashMap<>();
        model.getProperties().forEach((name, value) -> properties.put(name.toString(), value.toString()));
        List<org.apache.maven.model.Plugin> plugins =
                model.getBuild() == null ? List.of() : model.getBuild().getPlugins();
        return new Pom(
                model.getGroupId(),
                model.getArtifactId(),
                model.getVersion(),
                model.getPackaging(),
                properties,
                model.getDependencies().stream().map(Pom::dependency).toList(),
                plugins.stream().map(Pom::plugin).toList(),
                List.copyOf(unsure));
    }

    private static Dependency dependency(org.apache.maven.model.Dependency one) {
        return new Dependency(
                one.getGroupId(), one.getArtifactId(), text(one.getVersion()), one.getType(), text(one.getScope()));
    }

    private static Plugin plugin(org.apache.maven.model.Plugin one) {
        Map<String, String> settings = new HashMap<>(settings(one.getConfiguration()));
        one.getExecutions().forEach(e -> settings.putAll(settings(e.getConfiguration())));
        return new Plugin(
                one.getArtifactId(),
                text(one.getVersion()),
                one.getExecutions().stream()
                        .map(e -> new Execution(text(e.getPhase()), e.getGoals()))
                        .toList(),
                settings);
    }

    /** The direct children of a {@code configuration}; the text of one with children of its own is empty. */
    private static Map<String, String> settings(Object configuration) {
        Map<String, String> settings = new HashMap<>();
        if (configuration instanceof Xpp3Dom dom) {
            for (Xpp3Dom one : dom.getChildren()) {
                settings.put(
                        one.getName(),
                        one.getChildCount() == 0 ? text(one.getValue()).strip() : "");
            }
        }
        return settings;
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    public Optional<Plugin> plugin(String name) {
        return plugins.stream().filter(p -> p.artifactId().equals(name)).findFirst();
    }

    public String property(String name) {
        return properties.getOrDefault(name, "");
    }

    public boolean flag(String name) {
        return Boolean.parseBoolean(property(name));
    }

    /** The version that artifacts without one of their own get: WSO2's plugin drops {@code -SNAPSHOT}. */
    public String artifactVersion() {
        return version.replace("-SNAPSHOT", "");
    }

    /** The CAR's file name: that of WSO2's plugin, with its {@code archiveName} setting. */
    public String carName() {
        return carSetting("archiveName").orElse(artifactId + "_" + version) + ".car";
    }

    /** Whether the runtime takes connectors' libraries, and inbound connectors, from a CAR. */
    public boolean packsConnectorLibraries() {
        return MiRuntime.of(property("project.runtime.version"))
                .map(MiRuntime::connectorLibraries)
                .orElse(false);
    }

    /** Whether the CAR is made before the unit tests would run, as the template has it. */
    public boolean packsBeforeTests() {
        return plugin(CAR_PLUGIN).stream()
                .flatMap(p -> p.executions().stream())
                .anyMatch(e -> e.goals().contains("car") && BEFORE_TESTS.contains(e.phase()));
    }

    /** A setting of the CAR plugin: in its configuration, or a property of the same name. */
    public Optional<String> carSetting(String name) {
        return plugin(CAR_PLUGIN)
                .map(p -> p.configuration().get(name))
                .or(() -> Optional.ofNullable(properties.get(name)))
                .filter(s -> !s.isBlank());
    }
}
