package io.imaas.adapter.git;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jgit.transport.URIish;

/** The program {@code git} of this machine. */
final class LocalGit {
    private static final Duration SHORTEST = Duration.ofSeconds(20);

    private static final int TIMES = 4;

    private static final Pattern SHA256 = Pattern.compile("(?im)^\\s*objectformat\\s*=\\s*\"?sha256");

    private LocalGit() {}

    static boolean isInstalled() {
        return isOnPath("git");
    }

    /**
     * The command that takes a push to a repository of this machine. It ends by force after a while where the machine can do that:
     * JGit's timeout does not reach a read from a pipe, and two ends that wait for each other would wait for ever.
     *
     * @param silence how long a server may be silent; all it does may take several times as long
     */
    static String receiving(Duration silence) {
        long atMost = Math.max(SHORTEST.toSeconds(), silence.multipliedBy(TIMES).toSeconds());
        String command = " git receive-pack";
        return isOnPath("timeout") ? "exec timeout -s KILL " + atMost + command : "exec" + command;
    }

    /** Whether a folder holds a repository whose ids are longer than the usual 40 digits. */
    static boolean hasSha256(URIish server) {
        if (server.isRemote()) {
            return false;
        }
        Path folder = Path.of(server.getPath());
        for (Path config : List.of(folder.resolve("config"), folder.resolve(".git/config"))) {
            try {
                if (SHA256.matcher(Files.readString(config)).find()) {
                    return true;
                }
            } catch (IOException noConfig) {
                // The other one may be it; and what is not a repository at all is told by whoever opens it.
            }
        }
        return false;
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
