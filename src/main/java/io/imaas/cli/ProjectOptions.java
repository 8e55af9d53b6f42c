package io.imaas.cli;

import io.imaas.app.Projects;
import io.imaas.app.assembly.Assembly;
import io.imaas.catalog.ServiceFile;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Problem;
import io.imaas.model.source.MiProject;
import io.imaas.model.tenancy.ServiceSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code DIR}: an MI project, or a folder of several, with its {@code imaas.yaml}. */
final class ProjectOptions {
    private static final Duration BUILD = Duration.ofMinutes(30);

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "an MI project, or a folder of several (default: .)")
    private Path folder;

    @Mixin
    private final CacheOption cache = new CacheOption();

    Path folder() {
        return folder;
    }

    Assembly assembly() {
        return assembly(BUILD);
    }

    /** @param build how long Maven may take */
    Assembly assembly(Duration build) {
        return new Assembly(cache.folder()).runtime(build);
    }

    Projects projects() {
        return new Projects(assembly().ports().build());
    }

    /** A path below the folder as seen from where the command runs: an editor's terminal makes a link of it. */
    String shown(String file) {
        return Path.of(file).isAbsolute() || file.contains("!/")
                ? file
                : folder.resolve(file).normalize().toString().replace('\\', '/');
    }

    Problem shown(Problem problem) {
        return problem.in(shown(problem.where().file()));
    }

    /** Paths below the folder that was named: a baseline and a code scanner find them wherever the command runs. */
    Problem below(MiProject project, Problem problem) {
        return problem.below(base(project));
    }

    private String base(MiProject project) {
        return folder.toAbsolutePath()
                .normalize()
                .relativize(Path.of(project.folder()).toAbsolutePath().normalize())
                .toString()
                .replace('\\', '/');
    }

    List<MiProject> all(Projects projects) {
        return placed("", () -> projects.in(folder));
    }

    /** Does something with files of a project, whose paths are told below its folder. */
    <T> T placed(MiProject project, Supplier<T> work) {
        return placed(base(project), work);
    }

    private <T> T placed(String base, Supplier<T> work) {
        try {
            return work.get();
        } catch (FailureException e) {
            throw e.below(shown(base));
        }
    }

    MiProject only(Projects projects) {
        List<MiProject> found = all(projects);
        if (found.size() > 1) {
            throw FailureException.input(
                    "there are " + found.size() + " MI projects",
                    folder.toString(),
                    "name one of: "
                            + String.join(
                                    ", ", found.stream().map(MiProject::folder).toList()));
        }
        return found.get(0);
    }

    /** What {@code imaas.yaml} in the folder says; defaults where there is none. */
    ServiceSettings settings() {
        Path file = folder.resolve(ServiceFile.NAME);
        if (!Files.isRegularFile(file)) {
            return ServiceSettings.defaults();
        }
        return ServiceFile.read(file.toString(), TextFile.read(file)).orThrow();
    }
}
