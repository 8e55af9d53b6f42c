package io.imaas.adapter.mi.layout;

import io.imaas.adapter.mi.source.Folders;
import io.imaas.adapter.mi.source.XmlElement;
import io.imaas.adapter.mi.source.XmlParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where things lie in a project of Integration Studio: Maven modules with an {@code artifact.xml} each, and a composite
 * exporter that names what gets into the CAR.
 *
 * @param root folder of the topmost {@code pom.xml} that has the exporter among its modules
 * @param exporter folder of the composite exporter
 */
public record StudioLayout(Path root, Path exporter) {
    static final String CAR_PLUGIN = "maven-car-plugin";

    /** Whether a folder is a composite exporter. */
    public static boolean isExporter(Path folder) {
        Path pom = folder.resolve("pom.xml");
        return Files.isRegularFile(pom)
                && XmlParser.readIfWellFormed(Folders.bytes(pom), pom.toString())
                        .filter(StudioLayout::exports)
                        .isPresent();
    }

    private static boolean exports(XmlElement project) {
        return project.childText("packaging").equals("carbon/application")
                || project.child("build").flatMap(b -> b.child("plugins")).stream()
                        .flatMap(p -> p.children("plugin").stream())
                        .anyMatch(p -> p.childText("artifactId").equals(CAR_PLUGIN));
    }

    /** @param limit folder above which nothing is looked at */
    public static StudioLayout around(Path exporter, Path limit) {
        Path root = exporter;
        for (Path above = exporter.getParent(); above != null && above.startsWith(limit); above = above.getParent()) {
            if (modules(above).contains(root)) {
                root = above;
            }
        }
        return new StudioLayout(root, exporter);
    }

    /** All folders of the build, the root included, each once. */
    public List<Path> modules() {
        List<Path> found = new ArrayList<>();
        collect(root, found);
        return found;
    }

    private static void collect(Path folder, List<Path> found) {
        if (!found.contains(folder)) {
            found.add(folder);
            modules(folder).forEach(module -> collect(module, found));
        }
    }

    private static List<Path> modules(Path folder) {
        Path pom = folder.resolve("pom.xml");
        if (!Files.isRegularFile(pom)) {
            return List.of();
        }
        return XmlParser.readIfWellFormed(Folders.bytes(pom), pom.toString())
                .flatMap(project -> project.child("modules"))
                .map(modules -> modules.children("module").stream()
                        .map(m -> folder.resolve(m.text().trim()).normalize())
                        .toList())
                .orElse(List.of());
    }

    public String shown(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }
}
