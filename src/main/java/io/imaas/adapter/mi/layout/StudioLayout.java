package io.imaas.adapter.mi.layout;

import io.imaas.adapter.mi.pom.Pom;
import io.imaas.adapter.mi.pom.PomReader;
import io.imaas.adapter.mi.source.Folders;
import io.imaas.adapter.xml.XmlElement;
import io.imaas.adapter.xml.XmlParser;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.MiProject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where things lie in a project of Integration Studio: Maven modules with an {@code artifact.xml} each, and a composite
 * exporter that names what gets into the CAR.
 *
 * @param root the folder that holds them all: that of the topmost {@code pom.xml} with the exporter among its modules, or
 *     where there is none, the one in which the exporter and the modules that it names lie side by side
 * @param exporter folder of the composite exporter
 * @param modules folders of the build, each once, the root and the exporter included
 */
public record StudioLayout(Path root, Path exporter, List<Path> modules) {
    public static final String CAR_PLUGIN = "maven-car-plugin";

    public StudioLayout {
        modules = List.copyOf(modules);
    }

    /** Whether a folder is a composite exporter. */
    public static boolean isExporter(Path folder) {
        return xml(folder).filter(StudioLayout::exports).isPresent();
    }

    private static boolean exports(XmlElement project) {
        return project.childText("packaging").equals("carbon/application")
                || project.child("build").flatMap(b -> b.child("plugins")).stream()
                        .flatMap(p -> p.children("plugin").stream())
                        .anyMatch(p -> p.childText("artifactId").equals(CAR_PLUGIN));
    }

    /**
     * The layout of a project that was inspected.
     *
     * @throws FailureException INPUT when its composite exporter is no longer there
     */
    public static StudioLayout of(MiProject project) {
        Path root = Path.of(project.folder()).toAbsolutePath().normalize();
        ProjectFolders folders = ProjectFolders.below(root);
        return folders.exporters().stream()
                .filter(folder -> new PomReader(root)
                        .read(folder.resolve("pom.xml"))
                        .artifactId()
                        .equals(project.artifactId()))
                .findFirst()
                .map(exporter -> around(exporter, root, folders))
                .orElseThrow(() -> FailureException.input(
                        "no composite exporter '" + project.artifactId() + "'", project.folder(), "inspect it again"));
    }

    /**
     * @param limit folder above which nothing is looked at
     * @param folders what lies below it
     */
    public static StudioLayout around(Path exporter, Path limit, ProjectFolders folders) {
        Path root = top(exporter, limit);
        Set<Path> modules = new LinkedHashSet<>();
        collect(root, modules);
        Set<String> missing = wanted(limit, exporter);
        modules.forEach(module -> missing.removeAll(provided(module)));
        List<Path> near = folders.modules().stream()
                .sorted(Comparator.comparingInt(
                                (Path module) -> -common(exporter, module).getNameCount())
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        for (Path module : missing.isEmpty() ? List.<Path>of() : near) {
            // A list that can't be read may have what is missing; the checks tell of it then.
            if (!modules.contains(module)
                    && (missing.removeAll(provided(module)) || StudioArtifact.isUnreadable(module))) {
                modules.add(module);
                root = common(root, module);
            }
        }
        return new StudioLayout(root, exporter, new ArrayList<>(modules));
    }

    /** The topmost folder whose pom names the exporter as a module, at any depth; its own when none does. */
    private static Path top(Path exporter, Path limit) {
        Path root = exporter;
        for (Path above = exporter.getParent(); above != null && above.startsWith(limit); above = above.getParent()) {
            if (named(above).contains(root)) {
                root = above;
            }
        }
        return root;
    }

    /** All that Maven builds together with the composite; empty where no pom names it as a module. */
    public Set<Path> reactor() {
        Set<Path> together = new LinkedHashSet<>();
        Path top = top(exporter, root);
        if (!top.equals(exporter)) {
            collect(top, together);
        }
        return together;
    }

    private static Path common(Path one, Path other) {
        Path common = one;
        while (!other.startsWith(common)) {
            common = common.getParent();
        }
        return common;
    }

    private static Set<String> wanted(Path limit, Path exporter) {
        return new PomReader(limit)
                .read(exporter.resolve("pom.xml")).dependencies().stream()
                        .map(StudioLayout::id)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** A dependency as modules are known by: without its version. */
    public static String id(Pom.Dependency dependency) {
        return dependency.groupId() + ":" + dependency.artifactId();
    }

    /** What a module can be named by: each artifact of its list, and its own coordinates. */
    public static Set<String> provided(Path module) {
        Set<String> ids =
                StudioArtifact.of(module).stream().map(StudioArtifact::id).collect(Collectors.toSet());
        xml(module).ifPresent(pom -> {
            String own = pom.childText("groupId");
            String group = own.isEmpty()
                    ? pom.child("parent").map(p -> p.childText("groupId")).orElse("")
                    : own;
            ids.add(group + ":" + pom.childText("artifactId"));
        });
        return ids;
    }

    public List<StudioArtifact> artifacts() {
        return modules.stream()
                .flatMap(module -> StudioArtifact.of(module).stream())
                .toList();
    }

    /** All composite exporters among the modules and beside them, this one included. */
    public List<Path> exporters() {
        return ProjectFolders.below(root).exporters();
    }

    private static void collect(Path folder, Set<Path> found) {
        if (found.add(folder)) {
            named(folder).forEach(module -> collect(module, found));
        }
    }

    private static List<Path> named(Path folder) {
        return xml(folder)
                .flatMap(project -> project.child("modules"))
                .map(modules -> modules.children("module").stream()
                        .map(m -> folder.resolve(m.text().trim()).normalize())
                        .toList())
                .orElse(List.of());
    }

    private static Optional<XmlElement> xml(Path folder) {
        Path pom = folder.resolve("pom.xml");
        return Files.isRegularFile(pom)
                ? XmlParser.readIfWellFormed(Folders.bytes(pom), pom.toString())
                : Optional.empty();
    }

    /** @throws FailureException INPUT when it can't be read, or lies outside of the project, perhaps by a link */
    public byte[] read(Path file) {
        return Folders.bytes(Folders.own(root, file));
    }

    public String shown(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }
}
