package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.layout.ArtifactKind;
import io.imaas.adapter.mi.layout.ConnectorName;
import io.imaas.adapter.mi.synapse.SynapseWalk.Visited;
import io.imaas.adapter.xml.XmlDocument;
import io.imaas.adapter.xml.XmlElement;
import io.imaas.model.failure.Location;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Zips that are no connectors, and operations, which are the elements of Synapse with a dot in their names, of connectors that
 * the project does not have. The runtime refuses the artifact with words that do not name the connector. Which connectors there
 * are is not asked where they may come from elsewhere: out of a parent's pom, a dependency that is no jar, or another module of
 * Integration Studio.
 */
final class ConnectorCheck {
    private static final String FOLDER = ProjectSources.RESOURCES + "/connectors";

    private ConnectorCheck() {}

    static void run(ProjectSources sources) {
        Set<String> names = new TreeSet<>();
        boolean unsure = comeFromElsewhere(sources);
        for (String zip : sources.tree().below(FOLDER)) {
            if (zip.endsWith(".zip")) {
                try {
                    names.add(ConnectorName.readZip(sources.tree().read(zip)).name());
                } catch (IOException e) {
                    unsure = true;
                    sources.error(
                            "bad-connector",
                            Location.of(zip),
                            "the zip is not a connector: " + e.getMessage(),
                            "download it from the connector store again");
                }
            }
        }
        for (SourceArtifact artifact : unsure ? List.<SourceArtifact>of() : sources.artifacts()) {
            Map<String, XmlElement> missing = operations(sources.elements(artifact));
            missing.keySet().removeAll(names);
            missing.forEach((connector, element) -> sources.warning(
                    "no-connector",
                    element.location(),
                    "<" + element.name() + "> is an operation of the connector " + connector + ", and the project has "
                            + (names.isEmpty() ? "none" : "only " + String.join(", ", names)),
                    "put its zip into " + FOLDER + ", or a dependency of type zip into the pom"));
        }
    }

    /** The first operation of each connector that is used, by the connector's name. */
    static Map<String, XmlElement> operations(List<Visited> elements) {
        Map<String, XmlElement> first = new LinkedHashMap<>();
        for (Visited visited : elements) {
            String name = visited.element().name();
            int dot = name.indexOf('.');
            if (dot > 0 && visited.isLanguage() && visited.element().namespace().equals(ArtifactKind.SYNAPSE)) {
                first.putIfAbsent(name.substring(0, dot), visited.element());
            }
        }
        return first;
    }

    /** Where a connector's zip is, or will be. */
    static String zip(ProjectSources sources, String connector) {
        return sources.tree().below(FOLDER).stream()
                .filter(file -> file.endsWith(".zip") && file.contains(connector))
                .findFirst()
                .orElse("target/dependency/mi-connector-" + connector + "-<version>.zip");
    }

    private static boolean comeFromElsewhere(ProjectSources sources) {
        Optional<XmlElement> pom = Optional.of("pom.xml")
                .filter(file -> !sources.studio() && sources.tree().has(file))
                .flatMap(sources::xml)
                .map(XmlDocument::root);
        return pom.isEmpty()
                || pom.get().child("parent").isPresent()
                || pom.get().child("profiles").isPresent()
                || pom.get().children("dependencies").stream()
                        .flatMap(all -> all.children("dependency").stream())
                        .map(dependency -> dependency.childText("type").strip())
                        .anyMatch(type -> !type.isEmpty() && !type.equals("jar"));
    }
}
