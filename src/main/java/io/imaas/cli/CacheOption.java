package io.imaas.cli;

import io.imaas.cli.help.HelpHeading;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --cache}: where what can be made again is kept. The same on every command. */
@HelpHeading(HelpHeading.WHERE)
final class CacheOption {
    @Option(
            names = "--cache",
            paramLabel = "DIR",
            defaultValue = "",
            description = "folder for clones, charts and layers ($IMAAS_CACHE; default: ~/.cache/imaas)")
    private String cache = "";

    Path folder() {
        if (!cache.isEmpty()) {
            return Path.of(cache);
        }
        return usual();
    }

    /** Where it is unless somebody says otherwise. */
    static Path usual() {
        String xdg = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
        Path base = xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return base.resolve("imaas");
    }
}
