package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.layout.ArtifactKind;
import io.imaas.adapter.xml.XmlDocument;
import io.imaas.adapter.xml.XmlElement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says where a name that the project does not define may come from. */
final class ExternalNames {
    /** Names, separated by commas, that another CAR on the same runtime brings. */
    static final String PROPERTY = "imaas.externalArtifacts";

    private static final String TOML = "deployment/deployment.toml";
    private static final Pattern ID = Pattern.compile("\\bid\\s*=\\s*\"([^\"]+)\"");

    private final ProjectSources sources;
    private final Set<String> declared;
    private final boolean dependsOnCars;
    /** Ids in {@code deployment.toml}. */
    private final Set<String> ids;
    /** Other projects beside this one, in a repository of several. */
    private final List<Path> siblings;

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
        this.ids = ids();
        this.siblings = siblings();
    }

    /** Who brings it, for a person; empty when nothing says that anybody does. */
    Optional<String> providerOf(ArtifactKind kind, String name) {
        if (declared.contains(name)) {
            return Optional.of("the pom's property " + PROPERTY + " names it");
        }
        if (kind == ArtifactKind.DATA_SOURCE && ids.contains(name)) {
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

    private Set<String> ids() {
        return sources.tree().has(TOML)
                ? ID.matcher(new String(sources.tree().read(TOML), StandardCharsets.UTF_8))
                        .results()
                        .map(found -> found.group(1))
                        .collect(Collectors.toSet())
                : Set.of();
    }

    private List<Path> siblings() {
        Path parent = sources.tree().root().toAbsolutePath().normalize().getParent();
        if (parent == null) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(parent)) {
            return folders.filter(folder -> Files.isDirectory(folder.resolve(ProjectSources.ARTIFACTS)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            // What lies beside the project is no business of the project's own check.
            return List.of();
        }
    }

    private Optional<String> sibling(ArtifactKind kind, String name) {
        if (!name.matches("[\\w.-]+")) {
            return Optional.empty();
        }
        String file = ProjectSources.ARTIFACTS + "/" + kind.folder() + "/" + name + ".xml";
        return siblings.stream()
                .filter(folder -> Files.isRegularFile(folder.resolve(file)))
                .map(folder -> "the project beside it, " + folder.getFileName())
                .findFirst();
    }
}
