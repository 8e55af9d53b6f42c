package io.imaas.adapter.mi.layout;

import io.imaas.adapter.mi.source.Folders;
import io.imaas.adapter.xml.XmlElement;
import io.imaas.adapter.xml.XmlParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One artifact that a module of Integration Studio declares in its {@code artifact.xml}.
 *
 * @param file its file or folder
 * @param declared how the list has it
 */
public record StudioArtifact(
        Path module, String groupId, String name, String version, String type, Path file, XmlElement declared) {
    private static final String LIST = "artifact.xml";

    /** All artifacts of a module; none when its list is missing or broken. */
    public static List<StudioArtifact> of(Path module) {
        Path list = module.resolve(LIST);
        return !Files.isRegularFile(list)
                ? List.of()
                : XmlParser.readIfWellFormed(Folders.bytes(list), list.toString()).stream()
                        .flatMap(root -> root.children("artifact").stream())
                        .map(artifact -> of(artifact, module))
                        .toList();
    }

    /** Whether a module's list is there and broken. */
    static boolean isUnreadable(Path module) {
        Path list = module.resolve(LIST);
        return Files.isRegularFile(list)
                && XmlParser.readIfWellFormed(Folders.bytes(list), list.toString())
                        .isEmpty();
    }

    private static StudioArtifact of(XmlElement artifact, Path module) {
        String file = artifact.childText("file");
        if (file.isEmpty()) {
            file = artifact.child("item").map(i -> i.childText("file")).orElse("");
        }
        if (file.isEmpty()) {
            file = artifact.child("collection")
                    .map(c -> c.childText("directory"))
                    .orElse(LIST);
        }
        if (artifact.attribute("type").equals("synapse/metadata")) {
            // WSO2's plugin looks for descriptions of services there, wherever the list has them.
            file = file.replace("/synapse-config/", "/resources/");
        }
        return new StudioArtifact(
                module,
                artifact.attribute("groupId"),
                artifact.attribute("name"),
                artifact.attribute("version"),
                artifact.attribute("type"),
                module.resolve(file).normalize(),
                artifact);
    }

    /** The files and folders of a registry resource. */
    public List<Path> resources() {
        return Stream.of(List.of("item", "file"), List.of("collection", "directory"))
                .flatMap(kind -> declared.children(kind.get(0)).stream().map(one -> one.childText(kind.get(1))))
                .map(path -> module.resolve(path).normalize())
                .toList();
    }

    /** Whether its plugin puts the module's properties in the place of {@code ${name}} in its file. */
    public boolean isFiltered() {
        return !type.equals("synapse/metadata") && !type.equals("synapse/lib");
    }

    /** As a composite's dependency names it, without the version. */
    public String id() {
        return groupId + ":" + name;
    }
}
