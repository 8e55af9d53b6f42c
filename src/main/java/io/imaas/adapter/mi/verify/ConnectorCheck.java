package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.layout.ArtifactKind;
import io.imaas.adapter.mi.synapse.SynapseWalk.Visited;
import io.imaas.adapter.xml.XmlDocument;
import io.imaas.adapter.xml.XmlElement;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Operations of connectors, which are the elements of Synapse with a dot in their names, in a project that has no connector.
 * The runtime refuses the artifact with words that do not name the connector. Which connectors there are is not asked where
 * they may come from elsewhere: out of a parent's pom, a dependency that is no jar, or another module of Integration Studio.
 */
final class ConnectorCheck {
    private static final String FOLDER = ProjectSources.RESOURCES + "/connectors";

    private ConnectorCheck() {}

    static void run(ProjectSources sources) {
        if (mayHaveConnectors(sources)) {
            return;
        }
        for (SourceArtifact artifact : sources.artifacts()) {
            Set<String> told = new HashSet<>();
            for (Visited visited : sources.elements(artifact)) {
                XmlElement element = visited.element();
                int dot = element.name().indexOf('.');
                if (dot > 0
                        && visited.isLanguage()
                        && element.namespace().equals(ArtifactKind.SYNAPSE)
                        && told.add(element.name().substring(0, dot))) {
                    String connector = element.name().substring(0, dot);
                    sources.warning(
                            "no-connector",
                            element.location(),
                            "<" + element.name() + "> is an operation of the connector " + connector
                                    + ", and the project has none",
                            "put its zip into " + FOLDER + ", or a dependency of type zip into the pom");
                }
            }
        }
    }

    private static boolean mayHaveConnectors(ProjectSources sources) {
        Optional<XmlElement> pom = Optional.of("pom.xml")
                .filter(file -> !sources.studio() && sources.tree().has(file))
                .flatMap(sources::xml)
                .map(XmlDocument::root);
        return pom.isEmpty()
                || pom.get().child("parent").isPresent()
                || pom.get().child("profiles").isPresent()
                || sources.tree().below(FOLDER).stream().anyMatch(file -> file.endsWith(".zip"))
                || pom.get().children("dependencies").stream()
                        .flatMap(all -> all.children("dependency").stream())
                        .map(dependency -> dependency.childText("type").strip())
                        .anyMatch(type -> !type.isEmpty() && !type.equals("jar"));
    }
}
