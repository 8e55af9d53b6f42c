package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.layout.ArtifactKind;
import io.imaas.model.failure.Location;
import java.util.HashMap;
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
                sources.findings()
                        .error(
                                "duplicate-name",
                                place(artifact),
                                artifact.words() + " has the name of the "
                                        + other.kind().words() + " in " + other.file(),
                                sameKind(artifact, other)
                                        ? "rename one of them"
                                        : "rename one of them; sequences, endpoints, local entries and templates share their names");
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

    private static boolean sameKind(SourceArtifact one, SourceArtifact other) {
        return one.kind() == other.kind();
    }

    private static String space(SourceArtifact artifact) {
        String kind = artifact.kind().inLocalRegistry()
                ? "local registry"
                : artifact.kind().name();
        return kind + " ";
    }

    private static Location place(SourceArtifact artifact) {
        return artifact.root().locationOf(artifact.kind().nameAttribute());
    }
}
