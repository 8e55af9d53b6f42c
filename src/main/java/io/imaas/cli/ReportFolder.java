package io.imaas.cli;

import java.nio.file.Path;

/** Where reports of a project go: {@code target/imaas} below it. */
record ReportFolder(Path folder) {
    static ReportFolder of(String project) {
        return new ReportFolder(Path.of(project, "target", "imaas"));
    }

    Path write(String name, String content) {
        return TextFile.write(folder.resolve(name), content);
    }
}
