package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.layout.ArtifactKind;
import io.imaas.adapter.mi.source.ProjectTree;
import io.imaas.adapter.mi.synapse.SynapseLanguage;
import io.imaas.adapter.mi.synapse.SynapseWalk;
import io.imaas.adapter.mi.synapse.SynapseWalk.Visited;
import io.imaas.adapter.xml.MalformedXmlException;
import io.imaas.adapter.xml.XmlDocument;
import io.imaas.adapter.xml.XmlParser;
import io.imaas.model.failure.Location;
import io.imaas.model.source.MiProject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Everything the checks look at, read once. What can't be read has become a problem already. */
final class ProjectSources {
    static final String WSO2MI = "src/main/wso2mi";
    static final String ARTIFACTS = WSO2MI + "/artifacts";
    static final String RESOURCES = WSO2MI + "/resources";
    static final String CONFIG = RESOURCES + "/conf/config.properties";

    private final MiProject project;
    private final ProjectTree tree;
    private final Findings findings;
    private final XmlParser parser = new XmlParser();
    private final Map<String, Optional<XmlDocument>> documents = new HashMap<>();
    private final List<SourceArtifact> artifacts = new ArrayList<>();
    /** Names of artifacts whose files can't be read: what names them is not wrong. */
    private final Map<ArtifactKind, Set<String>> unreadable = new EnumMap<>(ArtifactKind.class);

    private final SynapseLanguage language = SynapseLanguage.load();
    private final SynapseWalk walk = new SynapseWalk(language);
    private final IdentityHashMap<SourceArtifact, List<Visited>> walks = new IdentityHashMap<>();

    ProjectSources(MiProject project, ProjectTree tree, Findings findings) {
        this.project = project;
        this.tree = tree;
        this.findings = findings;
    }

    MiProject project() {
        return project;
    }

    ProjectTree tree() {
        return tree;
    }

    Findings findings() {
        return findings;
    }

    void error(String rule, Location where, String what, String fix) {
        findings.error(rule, where, what, fix);
    }

    void warning(String rule, Location where, String what, String fix) {
        findings.warning(rule, where, what, fix);
    }

    void info(String rule, Location where, String what, String fix) {
        findings.info(rule, where, what, fix);
    }

    List<SourceArtifact> artifacts() {
        return artifacts;
    }

    Map<ArtifactKind, Set<String>> unreadable() {
        return unreadable;
    }

    SynapseLanguage language() {
        return language;
    }

    /** All elements of an artifact with what they mean to Synapse, in document order. */
    List<Visited> elements(SourceArtifact artifact) {
        return walks.computeIfAbsent(artifact, a -> walk.of(a.root(), a.kind().isSynapse()));
    }

    boolean studio() {
        return project.layout() == MiProject.Layout.INTEGRATION_STUDIO;
    }

    /** A file's XML; one that is not well-formed is told once and is empty from then on. */
    Optional<XmlDocument> xml(String file) {
        Optional<XmlDocument> known = documents.get(file);
        if (known == null) {
            known = parse(file);
            documents.put(file, known);
        }
        return known;
    }

    /** A file's text, which is at hand for XML that was read. */
    String text(String file) {
        Optional<XmlDocument> known = documents.get(file);
        return known != null && known.isPresent()
                ? known.get().text()
                : new String(tree.read(file), StandardCharsets.UTF_8);
    }

    private Optional<XmlDocument> parse(String file) {
        try {
            return Optional.of(parser.parse(tree.read(file), file));
        } catch (MalformedXmlException e) {
            findings.error(
                    "not-well-formed", e.where(), e.getMessage(), "fix the XML; the build would pack it as it is");
            return Optional.empty();
        }
    }
}
