package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.layout.ArtifactKind;
import io.imaas.adapter.mi.synapse.Finding;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Two artifacts of one name: the runtime keeps one of them, or refuses the whole CAR. */
final class DuplicateCheck {
    private DuplicateCheck() {}

    static void run(ProjectSources sources) {
        Map<String, SourceArtifact> byName = new HashMap<>();
        Map<String, SourceArtifact> byContext = new HashMap<>();
        for (SourceArtifact artifact : sources.artifacts()) {
            SourceArtifact other = byName.putIfAbsent(space(artifact) + artifact.carName(), artifact);
            if (other != null) {
                sources.error(
                        "duplicate-name",
                        artifact.root().locationOf(artifact.kind().nameAttribute()),
                        artifact.words() + " has the name of the "
                                + other.kind().words() + " in " + other.file(),
                        artifact.kind() == other.kind()
                                ? "rename one of them"
                                : "rename one of them; sequences, endpoints, local entries and templates share their"
                                        + " names");
            }
            if (artifact.kind() == ArtifactKind.API) {
                sameContext(artifact, byContext, sources.findings());
            }
        }
    }

    /** Two APIs may share a context when their versions differ. */
    private static void sameContext(SourceArtifact api, Map<String, SourceArtifact> byContext, Findings findings) {
        String context = api.root().attribute("context");
        if (context.isBlank()) {
            findings.error("no-context", api.root().location(), api.words() + " has no context", "add context=\"/…\"");
            return;
        }
        SourceArtifact other = byContext.putIfAbsent(context + " " + api.version(), api);
        if (other != null && !other.carName().equals(api.carName())) {
            findings.error(
                    "duplicate-context",
                    api.root().locationOf("context"),
                    api.words() + " has the context and version of the API in " + other.file(),
                    "change one of the contexts");
        }
    }

    /** APIs of services that one gateway host, or one runtime, could not tell apart. */
    static Map<ProjectSources, List<Finding>> between(List<ProjectSources> projects) {
        Map<ProjectSources, List<Finding>> found = new LinkedHashMap<>();
        Map<String, SourceArtifact> byContext = new HashMap<>();
        for (ProjectSources sources : projects) {
            Path folder = Path.of(sources.project().folder());
            for (SourceArtifact api : sources.artifacts()) {
                String context = api.root().attribute("context").replaceFirst("(?<=.)/$", "");
                boolean compared = api.kind() == ArtifactKind.API && !context.isBlank();
                SourceArtifact other = compared ? byContext.putIfAbsent(context + " " + api.version(), api) : null;
                // Within a project they are compared by themselves, and composites may share a module.
                if (other != null && !other.path().startsWith(folder)) {
                    Location there = other.root().locationOf("context");
                    found.computeIfAbsent(sources, s -> new ArrayList<>())
                            .add(Finding.of(Problem.warning(
                                    "duplicate-context",
                                    api.root().locationOf("context"),
                                    api.words() + " has the context and version of the API in "
                                            + folder.relativize(other.path()) + ":" + there.line() + ":"
                                            + there.column() + ": one gateway host, or one image, can't have both",
                                    "change one of the contexts, or give the services hosts of their own")));
                }
            }
        }
        return found;
    }

    private static String space(SourceArtifact artifact) {
        return artifact.kind().inLocalRegistry() ? "" : artifact.kind().name() + " ";
    }
}
