package io.imaas.adapter.git;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/** The program {@code git} of this machine. */
final class LocalGit {
    private static final Duration SHORTEST = Duration.ofSeconds(20);

    private static final int TIMES = 4;

    private LocalGit() {}

    static boolean isInstalled() {
        return isOnPath("git");
    }

    /**
     * The command that serves a repository of this machine. It ends by force after a while where the machine can do that:
     * JGit's timeout does not reach a read from a pipe, and two ends that wait for each other would wait for ever.
     *
     * @param service such as {@code receive-pack}
     * @param silence how long a server may be silent; all it does may take several times as long
     */
    static String serving(String service, Duration silence) {
        long atMost = Math.max(SHORTEST.toSeconds(), silence.multipliedBy(TIMES).toSeconds());
        // A server that leaves files out on request saves most of the work when only commits are wanted.
        String command = " git -c uploadpack.allowFilter=true " + service;
        return isOnPath("timeout") ? "exec timeout -s KILL " + atMost + command : "exec" + command;
    }

    private static boolean isOnPath(String program) {
        String path = System.getenv("PATH");
        return path != null
                && Pattern.compile(Pattern.quote(File.pathSeparator))
                        .splitAsStream(path)
                        .filter(folder -> !folder.isEmpty())
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
