package io.imaas.adapter.mi.layout;

import io.imaas.adapter.mi.source.Folders;
import io.imaas.adapter.xml.XmlElement;
import io.imaas.adapter.xml.XmlParser;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.MiProject.MiArtifact;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An artifact's source file and the names that it gets inside the CAR. The rules are those of WSO2's plugin, its
 * oddities included: the Micro Integrator and its tools rely on them.
 *
 * @param name as its root element says; the file's own for data sources, which have none
 * @param ownVersion its {@code version} attribute, or null
 * @param version that, or the project's
 */
public record PackedArtifact(ArtifactKind kind, XmlElement root, String name, String ownVersion, String version) {
    /** @throws FailureException INPUT when the file is not well-formed or names nothing */
    public static PackedArtifact strict(
            ArtifactKind kind, Path file, String shown, byte[] content, String projectVersion) {
        XmlElement root = XmlParser.read(content, shown);
        String name = name(kind, file, root)
                .filter(n -> !n.isBlank())
                .orElseThrow(() -> FailureException.input(
                        "the <" + root.name() + "> has no " + (kind == ArtifactKind.LOCAL_ENTRY ? "key" : "name"),
                        root.location(),
                        "give it one: the CAR and the server know the artifact by it"));
        String own = root.optional("version").orElse(null);
        return new PackedArtifact(kind, root, name, own, own == null ? projectVersion : own);
    }

    /**
     * An artifact for a list, however broken: the file's name stands in where it names nothing. Empty for a file that is
     * no artifact at all, such as {@code .gitkeep}.
     */
    public static Optional<MiArtifact> listed(ArtifactKind kind, Path file, String shown, String projectVersion) {
        Optional<XmlElement> root = XmlParser.rootOf(Folders.bytes(file), shown);
        if (root.isEmpty() && !isArtifact(file)) {
            return Optional.empty();
        }
        String name = root.flatMap(r -> name(kind, file, r)).orElseGet(() -> stem(file));
        String own = root.flatMap(r -> r.optional("version")).orElse(null);
        PackedArtifact artifact =
                new PackedArtifact(kind, root.orElse(null), name, own, own == null ? projectVersion : own);
        return Optional.of(new MiArtifact(artifact.listedName(), artifact.version(), kind.type(), shown));
    }

    /** Whether the file's name claims to be an artifact. */
    public static boolean isArtifact(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".xml") || name.endsWith(".dbs");
    }

    private static Optional<String> name(ArtifactKind kind, Path file, XmlElement root) {
        return switch (kind) {
            case DATA_SOURCE -> Optional.of(stem(file));
            case LOCAL_ENTRY -> root.optional("key");
            default -> root.optional("name");
        };
    }

    /** The plugin cuts four characters, whatever they are. */
    private static String stem(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, Math.max(0, name.length() - 4));
    }

    /** Its name in the CAR's lists: with its own version when it has one. */
    public String listedName() {
        return ownVersion == null ? name : name + "_" + ownVersion;
    }

    /** Its folder in the CAR: an API with a version of its own carries it twice. */
    public String folder() {
        return (kind == ArtifactKind.API ? listedName() : name) + "_" + version;
    }

    public String fileName() {
        return (kind == ArtifactKind.API ? listedName() : name) + "-" + version
                + (kind == ArtifactKind.DATA_SERVICE ? ".dbs" : ".xml");
    }
}
