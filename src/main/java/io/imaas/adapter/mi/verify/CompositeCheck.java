package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.layout.ArtifactKind;
import io.imaas.adapter.mi.layout.StudioArtifact;
import io.imaas.adapter.mi.layout.StudioComposite;
import io.imaas.adapter.mi.layout.StudioLayout;
import io.imaas.adapter.mi.pom.Pom;
import io.imaas.adapter.mi.pom.PomReader;
import io.imaas.adapter.xml.XmlDocument;
import io.imaas.adapter.xml.XmlParser;
import io.imaas.model.failure.Location;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an Integration Studio composite names, held against what its modules have: Maven says nothing of a file that no
 * {@code artifact.xml} lists, nor of an artifact that no composite takes.
 */
final class CompositeCheck {
    private final ProjectSources sources;
    private final Findings findings;
    private final StudioLayout layout;
    private final List<StudioArtifact> declared;
    private final Set<String> provided = new HashSet<>();
    /** By what it takes, the composite's name. */
    private final Map<String, String> composites = new HashMap<>();
    /** By the file of a pom or a list, where it names what. */
    private final Map<String, Map<String, Location>> places = new HashMap<>();
    /** By id. */
    private final Map<String, List<String>> versions = new HashMap<>();

    CompositeCheck(ProjectSources sources) {
        this.sources = sources;
        this.findings = sources.findings();
        this.layout = StudioLayout.of(sources.project());
        this.declared = layout.artifacts();
        declared.forEach(artifact ->
                versions.computeIfAbsent(artifact.id(), id -> new ArrayList<>()).add(artifact.version()));
        layout.modules().forEach(module -> provided.addAll(StudioLayout.provided(module)));
    }

    Unpacked run() {
        String file = layout.shown(layout.exporter().resolve("pom.xml"));
        Pom composite = pom(layout.exporter());
        StudioComposite packing = new StudioComposite(composite);
        if (packing.packed().isEmpty()) {
            findings.error(
                    "empty-car",
                    place(file, ""),
                    "the composite packs no artifact, so its CAR is empty",
                    "add a <dependency> for each artifact that the CAR must have, and its property");
        }
        packing.leftOut().forEach(dependency -> leftOut(dependency, file));
        composite.dependencies().forEach(dependency -> dependency(dependency, file));
        layout.modules().forEach(this::list);
        return unpacked();
    }

    private void dependency(Pom.Dependency dependency, String file) {
        String id = StudioLayout.id(dependency);
        if (!provided.contains(id)) {
            findings.warning(
                    "not-in-modules",
                    place(file, dependency.artifactId()),
                    "the composite names " + id + ", and no module here has it",
                    "correct the name, or add it to the artifact.xml of its module; else Maven must fetch it");
            return;
        }
        List<String> there = versions.getOrDefault(id, List.of(dependency.version()));
        if (!there.contains(dependency.version())) {
            findings.warning(
                    "not-in-modules",
                    place(file, dependency.artifactId()),
                    "the composite names version " + dependency.version() + " of " + id + ", and the module has "
                            + there.get(0),
                    "write the same version in both");
        }
    }

    private void leftOut(Pom.Dependency dependency, String file) {
        findings.warning(
                "not-packed",
                place(file, dependency.artifactId()),
                "the composite names " + StudioLayout.id(dependency) + " and does not pack it: WSO2's plugin takes what"
                        + " has a property",
                "add to its <properties>: <" + StudioComposite.property(dependency) + ">capp/EnterpriseIntegrator</"
                        + StudioComposite.property(dependency) + ">");
    }

    private void list(Path module) {
        String list = layout.shown(module.resolve("artifact.xml"));
        if (!Files.isRegularFile(module.resolve("artifact.xml"))
                || sources.xml(list).isEmpty()) {
            return;
        }
        StudioArtifact.of(module).stream()
                .filter(a -> !Files.exists(a.file()))
                .forEach(a -> findings.error(
                        "missing-file",
                        place(list, a.name()),
                        "'" + a.name() + "' has the file " + layout.shown(a.file()) + ", which does not exist",
                        "correct the path, or remove the artifact from the list"));
    }

    private Unpacked unpacked() {
        layout.exporters().stream()
                .filter(exporter -> !exporter.equals(layout.exporter()))
                .map(this::pom)
                .forEach(other -> new StudioComposite(other)
                        .packed()
                        .forEach(one -> composites.putIfAbsent(StudioLayout.id(one.dependency()), other.artifactId())));
        Map<String, StudioArtifact> byFile = new HashMap<>();
        declared.forEach(artifact -> byFile.put(layout.shown(artifact.file()), artifact));
        Set<String> packed = new HashSet<>();
        sources.project().artifacts().forEach(artifact -> packed.add(artifact.file()));
        Unpacked unpacked = new Unpacked();
        sources.tree().files().stream().filter(file -> !packed.contains(file)).forEach(file -> kind(file)
                .ifPresent(kind -> unpacked(unpacked, kind, file, byFile.get(file))));
        return unpacked;
    }

    private void unpacked(Unpacked unpacked, ArtifactKind kind, String file, StudioArtifact artifact) {
        // What is wrong inside a file that nobody packs stops nobody.
        String name = XmlParser.rootOf(sources.tree().read(file), file)
                .map(root -> root.attribute(kind.nameAttribute()))
                .filter(n -> !n.isBlank())
                .orElse(file.replaceAll(".*/|\\.\\w+$", ""));
        String composite = artifact == null ? null : composites.get(artifact.id());
        unpacked.add(kind, name, file, composite);
        if (composite != null) {
            return;
        }
        findings.warning(
                "not-packed",
                Location.of(file),
                "the " + kind.words() + " '" + name + "' is in no " + (artifact == null ? "artifact.xml" : "composite")
                        + ", so it is not packed",
                artifact == null
                        ? "add it to the artifact.xml of its module and to a composite's dependencies"
                        : "add " + artifact.id() + " to a composite's dependencies");
    }

    /** {@code …/synapse-config/<folder>/x.xml}, {@code …/dataservice/x.dbs} and {@code …/datasource/x.xml} in any module. */
    private static Optional<ArtifactKind> kind(String file) {
        String[] parts = file.split("/");
        if (parts.length < 3 || !file.matches(".*\\.(xml|dbs)")) {
            return Optional.empty();
        }
        return ArtifactKind.ofStudioFolder(parts[parts.length - 2])
                .filter(kind -> kind.isSynapse() == parts[parts.length - 3].equals("synapse-config"));
    }

    private Pom pom(Path module) {
        return new PomReader(layout.root()).read(module.resolve("pom.xml"));
    }

    /** Where a pom or a list names something; the file when that can't be found. */
    private Location place(String file, String name) {
        return places.computeIfAbsent(file, this::places).getOrDefault(name, Location.of(file));
    }

    private Map<String, Location> places(String file) {
        Map<String, Location> found = new HashMap<>();
        sources.xml(file)
                .map(XmlDocument::root)
                .ifPresent(root -> root.walk(element -> {
                    String name = element.name().equals("dependency")
                            ? element.childText("artifactId")
                            : element.attribute("name");
                    if (!name.isEmpty()) {
                        found.putIfAbsent(name, element.location());
                    }
                }));
        return found;
    }
}
