package io.imaas.adapter.mi;

import io.imaas.adapter.mi.project.MiProjectDetector;
import io.imaas.model.source.MiProject;
import io.imaas.port.CarBuilder.Choice;
import io.imaas.port.CarBuilder.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The MI projects of the tests: read where they lie, built in a copy. */
public final class Fixtures {
    public static final Path CORPUS = Path.of("test/fixtures/mi/corpus");

    private Fixtures() {}

    public static List<String> corpus() {
        try (Stream<Path> projects = Files.list(CORPUS)) {
            return projects.filter(p -> Files.exists(p.resolve("pom.xml")))
                    .map(p -> p.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path copy(Path from, Path to) {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : all.toList()) {
                Path target = to.resolve(from.relativize(one).toString());
                if (Files.isDirectory(one)) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(one, target);
                }
            }
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static MiProject project(Path folder) {
        return new MiProjectDetector().inspect(folder).get(0);
    }

    public static Options options(Choice choice, Path output) {
        return new Options(choice, localRepository(), output, false, false);
    }

    /** The one that this build itself uses: what it holds need not be fetched again. */
    public static Path localRepository() {
        String set = System.getProperty("maven.repo.local", "");
        return set.isEmpty() ? Path.of(System.getProperty("user.home"), ".m2", "repository") : Path.of(set);
    }
}
