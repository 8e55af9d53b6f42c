package io.imaas.cli.settings;

import io.imaas.catalog.Profiles;
import io.imaas.cli.TextFile;
import io.imaas.model.failure.FailureException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The two files that fill in what is not given: a person's {@code config.yaml}, and a checkout's {@code .imaas.yaml}.
 *
 * @param config may not exist yet
 * @param named whether $IMAAS_CONFIG names {@code config}
 * @param checkout the nearest above the working folder, within its checkout; empty for none
 */
public record SettingsFiles(Path config, boolean named, Optional<Path> checkout) {
    private static final String NAME = ".imaas.yaml";

    /** @param here the working folder */
    static SettingsFiles of(Map<String, String> environment, Path home, Path here) {
        String given = environment.getOrDefault("IMAAS_CONFIG", "");
        String base = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path folder = base.isEmpty() ? home.resolve(".config") : Path.of(base);
        Path config = given.isEmpty() ? folder.resolve("imaas").resolve("config.yaml") : Path.of(given);
        return new SettingsFiles(
                config, !given.isEmpty(), nearest(here.toAbsolutePath().normalize()));
    }

    /** Never beyond the checkout: what lies above is somebody else's. */
    private static Optional<Path> nearest(Path here) {
        for (Path folder = here; folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve(NAME))) {
                return Optional.of(folder.resolve(NAME));
            }
            if (Files.exists(folder.resolve(".git"))) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** @throws FailureException INPUT with every problem of the file */
    Profiles profiles() {
        return Files.isRegularFile(config)
                ? Profiles.read(config.toString(), TextFile.read(config)).orThrow()
                : Profiles.NONE;
    }

    /** @throws FailureException INPUT when a file was named that is not there */
    public void check() {
        if (named && !Files.exists(config)) {
            throw FailureException.input(
                    "$IMAAS_CONFIG names this file, and it is not there", config.toString(), "unset IMAAS_CONFIG");
        }
    }

    /** @throws FailureException INPUT with every problem of the file */
    Map<String, String> ofCheckout() {
        return checkout.map(file -> Profiles.readCheckout(file.toString(), TextFile.read(file))
                        .orThrow())
                .orElse(Map.of());
    }
}
