package io.imaas.adapter.mi;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Location;
import io.imaas.model.source.MiArtifact;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * An artifact's source file and the names that it gets inside the CAR. The rules are those of WSO2's plugin, its
 * oddities included: the Micro Integrator and its tools rely on them.
 *
 * @param name as its root element says; the file's own for data sources, which have none
 * @param ownVersion its {@code version} attribute, or null
 * @param version that, or the project's
 */
record SourceArtifact(
        ArtifactKind kind, Path file, String shown, RootElement root, String name, String ownVersion, String version) {
    /** @throws FailureException INPUT when the file is not well-formed or names nothing */
    static SourceArtifact strict(ArtifactKind kind, Path file, String shown, byte[] content, String projectVersion) {
        RootElement root = RootElement.strict(content, shown);
        String name = name(kind, file, root)
                .filter(n -> !n.isBlank())
                .orElseThrow(() -> FailureException.input(
                        "the <" + root.name() + "> has no " + (kind == ArtifactKind.LOCAL_ENTRY ? "key" : "name"),
                        root.where().toString(),
                        "give it one: the CAR and the server know the artifact by it"));
        return of(kind, file, shown, root, name, projectVersion);
    }

    /** Nothing for a file that is no artifact at all, such as {@code .gitkeep}; the file's name stands in for others. */
    static Optional<SourceArtifact> peek(ArtifactKind kind, Path file, String shown, String projectVersion) {
        Optional<RootElement> root = RootElement.peek(file, shown);
        if (root.isEmpty() && !isArtifact(file)) {
            return Optional.empty();
        }
        RootElement known = root.orElseGet(() -> new RootElement("", Map.of(), Location.of(shown)));
        String name = name(kind, file, known).orElseGet(() -> stem(file));
        return Optional.of(of(kind, file, shown, known, name, projectVersion));
    }

    /** Whether the file's name claims to be an artifact. */
    static boolean isArtifact(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".xml") || name.endsWith(".dbs");
    }

    private static Optional<String> name(ArtifactKind kind, Path file, RootElement root) {
        return switch (kind) {
            case DATA_SOURCE -> Optional.of(stem(file));
            case LOCAL_ENTRY -> root.attribute("key");
            default -> root.attribute("name");
        };
    }

    private static SourceArtifact of(
            ArtifactKind kind, Path file, String shown, RootElement root, String name, String projectVersion) {
        String own = root.attribute("version").orElse(null);
        return new SourceArtifact(kind, file, shown, root, name, own, own == null ? projectVersion : own);
    }

    /** The plugin cuts four characters, whatever they are. */
    private static String stem(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, Math.max(0, name.length() - 4));
    }

    /** Its name in the CAR's lists: with its own version when it has one. */
    String listedName() {
        return ownVersion == null ? name : name + "_" + ownVersion;
    }

    /** Its folder in the CAR: an API with a version of its own carries it twice. */
    String folder() {
        return (kind == ArtifactKind.API ? listedName() : name) + "_" + version;
    }

    String fileName() {
        return (kind == ArtifactKind.API ? listedName() : name) + "-" + version + kind.extension();
    }

    MiArtifact described() {
        return new MiArtifact(listedName(), version, kind.type(), shown);
    }
}
