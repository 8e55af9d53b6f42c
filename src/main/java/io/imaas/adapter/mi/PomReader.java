package io.imaas.adapter.mi;

import io.imaas.model.failure.FailureException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a {@code pom.xml} without Maven. Only what is on this disk counts: a parent in a repository, or a profile that
 * turns itself on by machine or file, is told as a doubt instead of guessed.
 */
final class PomReader {
    private static final int DEEPEST = 16;

    private final Path root;

    /** @param root folder below which files are named in messages */
    PomReader(Path root) {
        this.root = root;
    }

    /** @throws FailureException INPUT when the file is missing or broken, or names no version */
    Pom read(Path file) {
        PomLayers layers = new PomLayers();
        collect(file, layers, 0);
        return layers.pom(shown(file));
    }

    private void collect(Path file, PomLayers layers, int depth) {
        if (!Files.isRegularFile(file)) {
            throw FailureException.input("there is no pom.xml", shown(file), "every MI project has one");
        }
        XmlElement project = XmlElement.read(file, shown(file));
        project.child("parent").ifPresent(parent -> inherit(file, parent, layers, depth));
        layers.add(project);
        ownOptions(file.resolveSibling(".mvn"), layers);
    }

    private void inherit(Path file, XmlElement parent, PomLayers layers, int depth) {
        String artifactId = parent.text("artifactId");
        Path above = parentFile(file, parent);
        if (depth < DEEPEST && above != null && Files.isRegularFile(above)) {
            XmlElement candidate = XmlElement.read(above, shown(above));
            if (candidate.text("artifactId").equals(artifactId)) {
                collect(above, layers, depth + 1);
                layers.childStarts();
                return;
            }
        }
        layers.parentOutOfReach(parent);
    }

    /** Maven's rule: {@code ../pom.xml} unless said otherwise; an empty {@code relativePath} means "not on disk". */
    private static Path parentFile(Path file, XmlElement parent) {
        var relative = parent.child("relativePath");
        if (relative.isPresent() && relative.get().text().isBlank()) {
            return null;
        }
        String path = relative.map(e -> e.text().trim()).orElse("../pom.xml");
        Path above = file.resolveSibling(path).normalize();
        return Files.isDirectory(above) ? above.resolve("pom.xml") : above;
    }

    private static void ownOptions(Path mvn, PomLayers layers) {
        for (String name : List.of("maven.config", "extensions.xml")) {
            if (Files.isRegularFile(mvn.resolve(name))) {
                layers.unsure(".mvn/" + name + " changes how Maven reads the project");
            }
        }
    }

    private String shown(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        return absolute.startsWith(root)
                ? root.relativize(absolute).toString().replace('\\', '/')
                : absolute.toString();
    }

    /** The direct children of a {@code configuration} that hold plain text. */
    static Map<String, String> settings(XmlElement configuration) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (XmlElement one : configuration.elements()) {
            if (one.elements().isEmpty()) {
                settings.put(one.name(), one.text().trim());
            }
        }
        return settings;
    }
}
