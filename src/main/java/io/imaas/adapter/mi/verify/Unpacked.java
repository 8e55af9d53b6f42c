package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.layout.ArtifactKind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Artifacts whose files are there, but that the project's CAR does not take. */
final class Unpacked {
    static final Unpacked NONE = new Unpacked();

    private record Left(String file, String composite) {}

    private final Map<String, Left> left = new HashMap<>();

    /** @param composite the one that packs it instead, or null */
    void add(ArtifactKind kind, String name, String file, String composite) {
        left.putIfAbsent(key(kind, name), new Left(file, composite));
    }

    /** The file of an artifact that is not packed. */
    Optional<String> file(ArtifactKind kind, String name) {
        return Optional.ofNullable(left.get(key(kind, name))).map(Left::file);
    }

    /** Who else packs it, for a person. */
    Optional<String> elsewhere(ArtifactKind kind, String name) {
        return Optional.ofNullable(left.get(key(kind, name)))
                .map(Left::composite)
                .map(by -> "the composite " + by + " packs it");
    }

    private static String key(ArtifactKind kind, String name) {
        return (kind.inLocalRegistry() ? "local registry" : kind.name()) + " " + name;
    }
}
