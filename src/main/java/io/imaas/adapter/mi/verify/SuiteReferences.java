package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.layout.ArtifactKind;
import io.imaas.adapter.mi.layout.ConnectorName;
import io.imaas.adapter.mi.layout.RegistryPaths;
import io.imaas.adapter.mi.verify.ReferenceRules.Reference;
import io.imaas.adapter.xml.XmlElement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The test server has only what a suite names: what the suite's artifacts call, and the project has, must be among its
 * supportive artifacts.
 */
final class SuiteReferences {
    /** What the server takes as a supportive artifact. */
    private static final Set<ArtifactKind> TAKEN =
            Set.of(ArtifactKind.SEQUENCE, ArtifactKind.ENDPOINT, ArtifactKind.LOCAL_ENTRY, ArtifactKind.TEMPLATE);

    private final ProjectSources sources;
    private final Map<String, SourceArtifact> byFile = new HashMap<>();
    /** Names of the four kinds that share them. */
    private final Map<String, SourceArtifact> byName = new HashMap<>();

    SuiteReferences(ProjectSources sources) {
        this.sources = sources;
        for (SourceArtifact artifact : sources.artifacts()) {
            byFile.put(artifact.file(), artifact);
            if (TAKEN.contains(artifact.kind())) {
                byName.putIfAbsent(artifact.name(), artifact);
            }
        }
    }

    /**
     * @param named the elements of the suite that name its artifacts, the tested one first
     * @param brought the connectors that it names; empty for one that only a build brings, and for what is none
     * @param resources its elements that name files of the registry
     */
    void check(
            List<XmlElement> named, List<Optional<ConnectorName>> brought, List<XmlElement> resources, String suite) {
        Map<SourceArtifact, XmlElement> inSuite = new HashMap<>();
        for (XmlElement element : named) {
            String written = element.text().strip();
            if (!written.isEmpty()) {
                sources.tree().find(written, suite).map(byFile::get).ifPresent(a -> inSuite.putIfAbsent(a, element));
            }
        }
        connectors(inSuite, brought);
        Set<String> files = new HashSet<>();
        resources.forEach(resource ->
                sources.tree().find(resource.childText("artifact"), suite).ifPresent(files::add));
        Set<SourceArtifact> told = new HashSet<>();
        inSuite.forEach((artifact, element) -> {
            for (Reference reference : ReferenceRules.of(artifact, sources.elements(artifact))) {
                SourceArtifact called = TAKEN.contains(reference.kind())
                        ? byName.get(reference.key().strip())
                        : null;
                if (called != null && !inSuite.containsKey(called) && told.add(called)) {
                    sources.warning(
                            "not-in-suite",
                            element.location(),
                            artifact.words() + " uses the " + called.words() + ", which the suite does not name",
                            "add <artifact>" + called.file() + "</artifact> to <supportive-artifacts>");
                }
                RegistryPaths.ofKey(reference.key().strip())
                        .map(below -> ProjectSources.RESOURCES + "/" + below)
                        .filter(file -> sources.tree().has(file) && files.add(file))
                        .ifPresent(file -> sources.warning(
                                "not-in-suite",
                                element.location(),
                                artifact.words() + " uses " + reference.key().strip()
                                        + ", which the suite does not name",
                                "add a <registry-resource> with <artifact>/" + file + "</artifact>"));
            }
        });
    }

    /** A server keeps the connectors of earlier suites, so that a missing one fails or not by the order of the suites. */
    private void connectors(Map<SourceArtifact, XmlElement> inSuite, List<Optional<ConnectorName>> brought) {
        Map<String, XmlElement> missing = new TreeMap<>();
        inSuite.forEach((artifact, element) -> ConnectorCheck.operations(sources.elements(artifact))
                .keySet()
                .forEach(connector -> missing.putIfAbsent(connector, element)));
        if (brought.stream().anyMatch(Optional::isEmpty)) {
            return;
        }
        brought.forEach(one -> missing.remove(one.get().name()));
        missing.forEach((connector, element) -> sources.warning(
                "not-in-suite",
                element.location(),
                element.text().strip() + " uses the connector '" + connector + "', which the suite does not name",
                "add <connector-resource>" + ConnectorCheck.zip(sources, connector) + "</connector-resource>"));
    }
}
