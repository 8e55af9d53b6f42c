package io.imaas.adapter.mi;

import io.imaas.model.failure.FailureException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lays a {@code pom.xml} over its parents: the nearer file wins, lists add up. */
final class PomLayers {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]+)}");
    private static final int DEEPEST = 16;

    private final Map<String, String> properties = new LinkedHashMap<>();
    private final Map<String, Pom.Dependency> dependencies = new LinkedHashMap<>();
    private final Map<String, Pom.Dependency> managed = new LinkedHashMap<>();
    private final Map<String, Pom.Plugin> plugins = new LinkedHashMap<>();
    private final Map<String, String> managedPlugins = new LinkedHashMap<>();
    private final List<String> modules = new ArrayList<>();
    private final Set<String> unsure = new LinkedHashSet<>();
    private String groupId = "";
    private String artifactId = "";
    private String version = "";
    private String packaging = "";

    /** What is not inherited: modules and the packaging. */
    void childStarts() {
        modules.clear();
    }

    void unsure(String why) {
        unsure.add(why);
    }

    /** Maven takes the group and the version from the words of the {@code parent} element alone. */
    void parentOutOfReach(XmlElement parent) {
        groupId = parent.text("groupId");
        version = parent.text("version");
        unsure("its parent " + groupId + ":" + parent.text("artifactId") + ":" + version
                + " is not in this repository");
    }

    void add(XmlElement project) {
        groupId = nearer(groupId, project, "groupId");
        version = nearer(version, project, "version");
        artifactId = project.text("artifactId");
        String written = project.text("packaging");
        packaging = written.isEmpty() ? "jar" : written;
        layer(project);
        project.child("profiles").ifPresent(this::profiles);
    }

    private static String nearer(String inherited, XmlElement project, String name) {
        String own = project.text(name);
        return own.isEmpty() ? inherited : own;
    }

    private void profiles(XmlElement profiles) {
        List<XmlElement> all = profiles.children("profile");
        for (XmlElement profile : all) {
            String condition =
                    profile.child("activation").map(PomLayers::condition).orElse("");
            if (condition.equals("activeByDefault")) {
                layer(profile);
            } else if (!condition.isEmpty()) {
                unsure("profile '" + profile.text("id") + "' turns itself on by " + condition);
            }
        }
    }

    private static String condition(XmlElement activation) {
        for (String name : List.of("jdk", "os", "property", "file")) {
            if (activation.child(name).isPresent()) {
                return name;
            }
        }
        return activation.text("activeByDefault").equals("true") ? "activeByDefault" : "";
    }

    /** A project or an active profile: both may hold all of these. */
    private void layer(XmlElement part) {
        part.child("properties").ifPresent(p -> properties.putAll(PomReader.settings(p)));
        part.child("dependencyManagement")
                .flatMap(m -> m.child("dependencies"))
                .ifPresent(d -> dependencies(d, managed));
        part.child("dependencies").ifPresent(d -> dependencies(d, dependencies));
        part.child("modules").ifPresent(m -> m.children("module")
                .forEach(e -> modules.add(e.text().trim())));
        part.child("build").ifPresent(this::build);
    }

    private static void dependencies(XmlElement list, Map<String, Pom.Dependency> into) {
        for (XmlElement one : list.children("dependency")) {
            String type = one.text("type");
            Pom.Dependency dependency = new Pom.Dependency(
                    one.text("groupId"),
                    one.text("artifactId"),
                    one.text("version"),
                    type.isEmpty() ? "jar" : type,
                    one.text("scope"));
            into.put(key(dependency) + ":" + one.text("classifier"), dependency);
        }
    }

    private static String key(Pom.Dependency dependency) {
        return dependency.groupId() + ":" + dependency.artifactId() + ":" + dependency.type();
    }

    private void build(XmlElement build) {
        for (String moved : List.of("directory", "sourceDirectory")) {
            if (!build.text(moved).isEmpty()) {
                unsure("its build moves " + moved + " to " + build.text(moved));
            }
        }
        if (build.child("extensions").isPresent()) {
            unsure("it has build extensions");
        }
        build.child("pluginManagement").flatMap(m -> m.child("plugins")).ifPresent(list -> list.children("plugin")
                .forEach(p -> managedPlugins.put(p.text("artifactId"), p.text("version"))));
        build.child("plugins").ifPresent(list -> list.children("plugin").forEach(this::plugin));
    }

    private void plugin(XmlElement element) {
        String name = element.text("artifactId");
        Pom.Plugin known = plugins.getOrDefault(name, new Pom.Plugin(name, "", List.of(), Map.of()));
        String version = nearer(known.version(), element, "version");
        Map<String, String> settings = new LinkedHashMap<>(known.configuration());
        Map<String, Pom.Execution> executions = new LinkedHashMap<>();
        known.executions().forEach(e -> executions.put(e.id(), e));
        element.child("configuration").ifPresent(c -> settings.putAll(PomReader.settings(c)));
        element.child("executions").ifPresent(list -> list.children("execution").forEach(one -> {
            Pom.Execution execution = execution(one);
            executions.put(execution.id(), execution);
            one.child("configuration").ifPresent(c -> settings.putAll(PomReader.settings(c)));
        }));
        plugins.put(name, new Pom.Plugin(name, version, List.copyOf(executions.values()), settings));
    }

    private static Pom.Execution execution(XmlElement one) {
        String id = one.text("id");
        List<String> goals = one.child("goals")
                .map(g -> g.children("goal").stream().map(e -> e.text().trim()).toList())
                .orElse(List.of());
        return new Pom.Execution(id.isEmpty() ? "default" : id, one.text("phase"), goals);
    }

    Pom pom(String shown) {
        if (artifactId.isEmpty() || version.isEmpty() || groupId.isEmpty()) {
            throw FailureException.input(
                    "the pom.xml lacks its group id, artifact id or version", shown, "write all three");
        }
        Map<String, String> resolved = new LinkedHashMap<>();
        properties.forEach((name, value) -> resolved.put(name, resolve(value, 0)));
        return new Pom(
                resolve(groupId, 0),
                resolve(artifactId, 0),
                resolve(version, 0),
                packaging,
                resolved,
                dependencies.values().stream().map(this::resolve).toList(),
                plugins.values().stream().map(this::resolve).toList(),
                modules,
                List.copyOf(unsure));
    }

    private Pom.Dependency resolve(Pom.Dependency raw) {
        Pom.Dependency rule = managed.get(key(raw) + ":");
        String wanted = raw.version().isEmpty() && rule != null ? rule.version() : raw.version();
        String scope = raw.scope().isEmpty() && rule != null ? rule.scope() : raw.scope();
        return new Pom.Dependency(
                resolve(raw.groupId(), 0), resolve(raw.artifactId(), 0), resolve(wanted, 0), raw.type(), scope);
    }

    private Pom.Plugin resolve(Pom.Plugin raw) {
        Map<String, String> settings = new LinkedHashMap<>();
        raw.configuration().forEach((name, value) -> settings.put(name, resolve(value, 0)));
        String wanted = raw.version().isEmpty() ? managedPlugins.getOrDefault(raw.artifactId(), "") : raw.version();
        return new Pom.Plugin(raw.artifactId(), resolve(wanted, 0), raw.executions(), settings);
    }

    /** Unknown references stay as they are, as in Maven; an endless one stops at some depth. */
    private String resolve(String text, int depth) {
        if (depth > DEEPEST || !text.contains("${")) {
            return text;
        }
        return REFERENCE
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(
                        value(match.group(1)).map(v -> resolve(v, depth + 1)).orElse(match.group())));
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "project.groupId", "pom.groupId", "groupId" -> groupId;
                    case "project.artifactId", "pom.artifactId", "artifactId" -> artifactId;
                    case "project.version", "pom.version", "version" -> version;
                    default -> properties.get(name);
                });
    }
}
