package io.imaas.adapter.git;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Whether the program {@code git} can be run here. */
final class LocalGit {
    private LocalGit() {}

    static boolean isInstalled() {
        String path = System.getenv("PATH");
        return path != null
                && Pattern.compile(Pattern.quote(File.pathSeparator))
                        .splitAsStream(path)
                        .filter(folder -> !folder.isEmpty())
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "git")));
    }
}
