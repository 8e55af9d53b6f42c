package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.layout.ArtifactKind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Artifacts whose files are there, but that the project's CAR does not take. */
final class Unpacked {
    static final Unpacked NONE = new Unpacked();

    private final Map<String, String> files = new HashMap<>();
    private final Map<String, String> composites = new HashMap<>();

    void add(ArtifactKind kind, String name, String file) {
        files.putIfAbsent(key(kind, name), file);
    }

    /** @param composite the one that packs it instead */
    void add(ArtifactKind kind, String name, String file, String composite) {
        add(kind, name, file);
        composites.putIfAbsent(key(kind, name), composite);
    }

    /** The file of an artifact that is not packed. */
    Optional<String> file(ArtifactKind kind, String name) {
        return Optional.ofNullable(files.get(key(kind, name)));
    }

    /** Who else packs it, for a person. */
    Optional<String> elsewhere(ArtifactKind kind, String name) {
        return Optional.ofNullable(composites.get(key(kind, name))).map(by -> "the composite " + by + " packs it");
    }

    private static String key(ArtifactKind kind, String name) {
        return (kind.inLocalRegistry() ? "local registry" : kind.name()) + " " + name;
    }
}
