package io.imaas.adapter.mi.layout;

import io.imaas.adapter.mi.source.Folders;
import io.imaas.model.failure.FailureException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where things lie in a project of WSO2's VS Code extension. */
public record VsCodeLayout(Path root) {
    /** What the build makes of a data mapper's TypeScript, behind the mapper's name. */
    public static final List<String> MADE_OF_DATA_MAPPERS = List.of(".dmc", "_inputSchema.json", "_outputSchema.json");

    public static boolean isIn(Path folder) {
        return Files.isDirectory(folder.resolve("src/main/wso2mi"));
    }

    public Path pom() {
        return root.resolve("pom.xml");
    }

    public Path artifacts(ArtifactKind kind) {
        return root.resolve("src/main/wso2mi/artifacts").resolve(kind.folder());
    }

    public Path artifacts() {
        return root.resolve("src/main/wso2mi/artifacts");
    }

    public Path resources() {
        return root.resolve("src/main/wso2mi/resources");
    }

    /** Where the build leaves what it made of a data mapper. */
    public Path dataMapper(String name) {
        return root.resolve("target/datamapper").resolve(name);
    }

    public Path java() {
        return root.resolve("src/main/java");
    }

    public Path suites() {
        return root.resolve("src/test/wso2mi");
    }

    /** @throws FailureException INPUT when it can't be read, or lies outside of the project, perhaps by a link */
    public byte[] read(Path file) {
        return Folders.bytes(own(file));
    }

    /** The same file. @throws FailureException INPUT when it lies outside of the project, perhaps by a link */
    public Path own(Path file) {
        return Folders.own(root, file);
    }

    /** A path as the user knows it: below the project, with forward slashes. */
    public String shown(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }
}
