package io.imaas.cli;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.rollout.Migration;
import io.imaas.model.tenancy.ServiceSettings.MigrationSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The migration scripts of a working copy, checked as a delivery checks those of a commit. */
final class MigrationFolder {
    private MigrationFolder() {}

    /**
     * @param settings null where the service has no migration
     * @throws FailureException INPUT with the script that is no good
     */
    static void check(Path project, MigrationSettings settings) {
        if (settings == null) {
            return;
        }
        Path folder = project.resolve(settings.scripts());
        Map<String, String> scripts = new TreeMap<>();
        for (Path file : files(folder)) {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw FailureException.input("a link is not a migration script", file.toString(), "put the file there");
            }
            if (file.toFile().length() > Migration.MOST_BYTES) {
                throw FailureException.input(
                        "a migration script has more than " + Migration.MOST_BYTES + " bytes",
                        file.toString(),
                        "load large data another way");
            }
            scripts.put(folder.relativize(file).toString().replace('\\', '/'), TextFile.read(file));
        }
        try {
            Migration.fit(settings.tool(), scripts);
        } catch (FailureException e) {
            throw e.at(folder.resolve(e.failure().where()).toString());
        }
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(file -> !Files.isDirectory(file))
                    .limit(Migration.MOST_SCRIPTS + 1L)
                    .toList();
        } catch (IOException e) {
            throw FailureException.external(
                    "the migration scripts can't be read: " + Reason.of(e), folder.toString(), "", e);
        }
    }
}
