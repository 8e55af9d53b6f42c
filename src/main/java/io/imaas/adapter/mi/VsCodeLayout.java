package io.imaas.adapter.mi;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where things lie in a project of WSO2's VS Code extension. */
record VsCodeLayout(Path root) {
    static boolean isIn(Path folder) {
        return Files.isDirectory(folder.resolve("src/main/wso2mi"));
    }

    Path pom() {
        return root.resolve("pom.xml");
    }

    Path artifacts(ArtifactKind kind) {
        return root.resolve("src/main/wso2mi/artifacts").resolve(kind.folder());
    }

    Path artifacts() {
        return root.resolve("src/main/wso2mi/artifacts");
    }

    Path resources() {
        return root.resolve("src/main/wso2mi/resources");
    }

    Path java() {
        return root.resolve("src/main/java");
    }

    Path suites() {
        return root.resolve("src/test/wso2mi");
    }

    /** A path as the user knows it: below the project, with forward slashes. */
    String shown(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }
}
