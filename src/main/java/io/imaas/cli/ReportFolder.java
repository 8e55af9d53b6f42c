package io.imaas.cli;

import io.imaas.model.failure.FailureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where reports of a project go: {@code target/imaas} below it. */
record ReportFolder(Path folder) {
    static ReportFolder of(String project) {
        return new ReportFolder(Path.of(project, "target", "imaas"));
    }

    Path write(String name, String content) {
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
            return file;
        } catch (IOException e) {
            throw FailureException.external(
                    "the report can't be written: " + e.getMessage(), file.toString(), "check the folder's rights", e);
        }
    }
}
