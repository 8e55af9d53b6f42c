package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.layout.ArtifactKind;
import io.imaas.adapter.mi.source.Similarity;
import io.imaas.adapter.mi.verify.ReferenceRules.Reference;
import io.imaas.model.failure.Location;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Every name of another artifact resolves, or is listed as one that must come from elsewhere. */
final class ReferenceCheck {
    /** Expressions and property look-ups are known at run time only. */
    private static final Pattern DYNAMIC =
            Pattern.compile("^\\{.*|^\\$.*|.*\\$\\{.*|^get-property\\(.*", Pattern.DOTALL);
    /** What the runtime brings along. */
    private static final Map<ArtifactKind, Set<String>> BUILT_IN = Map.of(
            ArtifactKind.SEQUENCE, Set.of("main", "fault"),
            ArtifactKind.LOCAL_ENTRY, Set.of("SERVER_IP", "SERVER_HOST"));

    private final ProjectSources sources;
    private final RegistryKeys registry;
    private final ExternalNames external;
    private final Unpacked unpacked;
    private final Map<ArtifactKind, Set<String>> names = new EnumMap<>(ArtifactKind.class);
    /** How many unknown names are still compared with all known ones: beyond some hundred they are no slips. */
    private int guesses = 500;

    ReferenceCheck(ProjectSources sources, RegistryKeys registry, Unpacked unpacked) {
        this.unpacked = unpacked;
        this.sources = sources;
        this.registry = registry;
        this.external = new ExternalNames(sources);
        sources.unreadable().forEach((kind, unread) -> names.put(kind, new TreeSet<>(unread)));
        for (SourceArtifact artifact : sources.artifacts()) {
            Set<String> known = names.computeIfAbsent(artifact.kind(), k -> new TreeSet<>());
            known.add(artifact.name());
            if (artifact.kind() == ArtifactKind.DATA_SOURCE) {
                // The runtime looks a data source up by the name in the file.
                known.add(artifact.root().childText("name"));
            } else if (artifact.kind() == ArtifactKind.LOCAL_ENTRY) {
                held(artifact);
            }
        }
    }

    /** Synapse takes a local entry for the endpoint or the sequence that it holds, or that its file holds. */
    private void held(SourceArtifact entry) {
        for (ArtifactKind kind : List.of(ArtifactKind.ENDPOINT, ArtifactKind.SEQUENCE)) {
            if (entry.root().has("src") || entry.root().child(kind.root()).isPresent()) {
                names.computeIfAbsent(kind, k -> new TreeSet<>()).add(entry.name());
            }
        }
    }

    void run() {
        for (SourceArtifact artifact : sources.artifacts()) {
            for (Reference reference : ReferenceRules.of(artifact, sources.elements(artifact))) {
                check(artifact, reference);
            }
        }
    }

    private void check(SourceArtifact artifact, Reference reference) {
        String key = reference.key().strip();
        if (key.isEmpty() || DYNAMIC.matcher(key).matches()) {
            return;
        }
        Set<String> known = names.getOrDefault(reference.kind(), Set.of());
        if (known.contains(key)
                || BUILT_IN.getOrDefault(reference.kind(), Set.of()).contains(key)) {
            return;
        }
        Location where = reference.attribute().isEmpty()
                ? reference.element().location()
                : reference.element().locationOf(reference.attribute());
        if (RegistryKeys.isRegistryKey(key)) {
            registry(artifact, key, where);
        } else if (reference.kind() != ArtifactKind.LOCAL_ENTRY || !anyLocalRegistryName(key)) {
            unresolved(reference.kind(), key, where, known);
        }
    }

    /** Synapse looks a key up in its local registry whatever the kind. */
    private boolean anyLocalRegistryName(String key) {
        return names.entrySet().stream()
                .anyMatch(e -> e.getKey().inLocalRegistry() && e.getValue().contains(key));
    }

    private void registry(SourceArtifact artifact, String key, Location where) {
        if (registry.resolves(key)) {
            return;
        }
        if (registry.isOwn(key)) {
            sources.error(
                    "unresolved-reference",
                    where,
                    artifact.words() + " uses " + key + ", which is not among the project's resources",
                    "add the file and declare it in " + ProjectSources.RESOURCES + "/artifact.xml");
        } else {
            sources.info(
                    "external-reference",
                    where,
                    key + " must be in the registry already: the project does not bring it",
                    "");
        }
    }

    private void unresolved(ArtifactKind kind, String key, Location where, Set<String> known) {
        Optional<String> provider = external.providerOf(kind, key).or(() -> unpacked.elsewhere(kind, key));
        if (provider.isPresent()) {
            sources.info(
                    "external-reference",
                    where,
                    "the " + kind.words() + " '" + key + "' comes from elsewhere: " + provider.get(),
                    "");
            return;
        }
        Optional<String> unused = unpacked.file(kind, key);
        if (unused.isPresent()) {
            sources.error(
                    "unresolved-reference",
                    where,
                    "there is no " + kind.words() + " '" + key + "' in the CAR: " + unused.get() + " is not packed",
                    "see what is told of that file");
            return;
        }
        Optional<String> meant = guesses-- > 0 ? Similarity.nearest(key, known) : Optional.empty();
        sources.error(
                "unresolved-reference",
                where,
                "there is no " + kind.words() + " '" + key + "'",
                meant.map(name -> "did you mean '" + name + "'?")
                        .orElse("add it, or name it in the pom's property " + ExternalNames.PROPERTY
                                + " when another CAR brings it"));
    }
}
