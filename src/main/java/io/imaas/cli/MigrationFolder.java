package io.imaas.cli;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.model.failure.Reason;
import io.imaas.model.rollout.Migration;
import io.imaas.model.tenancy.ServiceSettings.MigrationSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The migration scripts of a working copy, checked as a delivery checks those of a commit. */
final class MigrationFolder {
    private MigrationFolder() {}

    /**
     * @param settings null where the service has no migration
     * @return what is wrong, with paths below the project
     */
    static List<Problem> problems(Path project, MigrationSettings settings) {
        if (settings == null) {
            return List.of();
        }
        Path folder = project.resolve(settings.scripts());
        List<Failure> faults = new ArrayList<>();
        Map<String, String> scripts = new TreeMap<>();
        for (Path file : files(folder)) {
            String name = folder.relativize(file).toString().replace('\\', '/');
            try {
                scripts.put(name, text(file));
            } catch (FailureException e) {
                faults.add(e.at(Location.of(name)).failure());
            }
        }
        if (faults.isEmpty() || !scripts.isEmpty()) {
            faults.addAll(Migration.faults(settings.tool(), scripts));
        }
        return faults.stream()
                .map(fault -> Problem.error(
                        "bad-migration",
                        fault.where().below(settings.scripts()) instanceof Location script
                                ? script
                                : Location.of(settings.scripts()),
                        fault.what(),
                        fault.suggestion()))
                .toList();
    }

    private static String text(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw FailureException.input("a link is not a migration script", "put the file there");
        }
        if (file.toFile().length() > Migration.MOST_BYTES) {
            throw FailureException.input(
                    "a migration script has more than " + Migration.MOST_BYTES + " bytes",
                    "load large data another way");
        }
        return TextFile.read(file);
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
