package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.layout.ArtifactKind;
import io.imaas.adapter.mi.source.XmlDocument;
import io.imaas.adapter.mi.source.XmlElement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says where a name that the project does not define may come from. */
final class ExternalNames {
    /** Names, separated by commas, that another CAR on the same runtime brings. */
    static final String PROPERTY = "imaas.externalArtifacts";

    private final ProjectSources sources;
    private final Set<String> declared;
    private final boolean dependsOnCars;

    ExternalNames(ProjectSources sources) {
        this.sources = sources;
        Optional<XmlElement> pom =
                sources.tree().has("pom.xml") ? sources.xml("pom.xml").map(XmlDocument::root) : Optional.empty();
        this.declared = pom.flatMap(p -> p.child("properties"))
                .map(p -> p.childText(PROPERTY))
                .map(text -> Arrays.stream(text.split(",")).map(String::strip).collect(Collectors.toSet()))
                .orElse(Set.of());
        this.dependsOnCars = pom.flatMap(p -> p.child("dependencies")).stream()
                .flatMap(d -> d.children("dependency").stream())
                .anyMatch(d -> d.childText("type").equals("car"));
    }

    /** Who brings it, for a person; empty when nothing says that anybody does. */
    Optional<String> providerOf(ArtifactKind kind, String name) {
        if (declared.contains(name)) {
            return Optional.of("the pom's property " + PROPERTY + " names it");
        }
        if (kind == ArtifactKind.DATA_SOURCE && declaredInToml(name)) {
            return Optional.of("deployment.toml declares it");
        }
        Optional<String> sibling = sibling(kind, name);
        if (sibling.isPresent()) {
            return sibling;
        }
        if (dependsOnCars) {
            return Optional.of("one of the CARs that the pom depends on");
        }
        if (kind == ArtifactKind.DATA_SOURCE) {
            return Optional.of("the runtime's configuration");
        }
        return Optional.empty();
    }

    private boolean declaredInToml(String name) {
        String toml = "deployment/deployment.toml";
        return sources.tree().has(toml)
                && new String(sources.tree().read(toml), java.nio.charset.StandardCharsets.UTF_8)
                        .matches("(?s).*\\bid\\s*=\\s*\"" + java.util.regex.Pattern.quote(name) + "\".*");
    }

    /** Another MI project beside this one, in a repository of several. */
    private Optional<String> sibling(ArtifactKind kind, String name) {
        Path parent = sources.tree().root().toAbsolutePath().normalize().getParent();
        if (parent == null || !name.matches("[\\w.-]+")) {
            return Optional.empty();
        }
        List<Path> siblings;
        try (Stream<Path> folders = Files.list(parent)) {
            siblings = folders.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            // What lies beside the project is no business of the project's own check.
            return Optional.empty();
        }
        String file = ProjectSources.ARTIFACTS + "/" + kind.folder() + "/" + name + ".xml";
        return siblings.stream()
                .filter(folder -> Files.isRegularFile(folder.resolve(file)))
                .map(folder -> "the project beside it, " + folder.getFileName())
                .findFirst();
    }
}
