package io.imaas.cli;

import io.imaas.app.Projects;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.model.failure.Problem.Severity;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.MiProject;
import io.imaas.report.Json;
import io.imaas.report.SarifReport;
import io.imaas.report.ToolVersion;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code imaas lint}: what is wrong with MI projects, before anything is built. */
@Command(
        name = "lint",
        description = "Check MI projects without building them: XML, names, references, resources, suites, secrets.",
        footer = {"", "Exit codes: 0 no error (warnings may be), 3 errors."})
public final class LintCommand implements Callable<Integer> {
    /** For people, for programs, or for code scanners. */
    enum Format {
        TEXT,
        JSON,
        SARIF
    }

    @Mixin
    private final ProjectOptions where = new ProjectOptions();

    @Option(
            names = "--car",
            paramLabel = "FILE",
            description = "also hold this CAR against the sources it was made from")
    private Path car;

    @Option(
            names = {"-o", "--format"},
            paramLabel = "text|json|sarif",
            defaultValue = "text",
            description = "text for people (default), json for programs, sarif for code scanners")
    private Format format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<Problem> problems = new ArrayList<>();
        Projects checks = where.projects();
        List<MiProject> projects = checks.in(where.folder());
        for (MiProject project : projects) {
            List<Problem> found = car == null
                    ? checks.lint(project)
                    : checks.verify(
                            project, new CarFile(car.toString(), project.artifactId(), project.version(), "", ""));
            ReportFolder.of(project.folder()).write("problems.sarif", SarifReport.of(found, ToolVersion.current()));
            found.forEach(problem -> problems.add(below(project, problem)));
        }
        print(projects.size(), problems);
        return problems.stream().anyMatch(Problem::isError) ? FailureKind.INPUT.exitCode() : 0;
    }

    /** Paths as seen from the folder that was named: an editor's terminal makes links of them. */
    private Problem below(MiProject project, Problem problem) {
        String base = where.folder()
                .toAbsolutePath()
                .normalize()
                .relativize(Path.of(project.folder()).toAbsolutePath().normalize())
                .toString()
                .replace('\\', '/');
        Location where = problem.where();
        String file = base.isEmpty() || where.file().contains("!/") ? where.file() : base + "/" + where.file();
        return new Problem(
                problem.severity(),
                problem.rule(),
                new Location(file, where.line(), where.column()),
                problem.what(),
                problem.mend());
    }

    private void print(int projects, List<Problem> problems) {
        PrintWriter out = spec.commandLine().getOut();
        long errors = count(problems, Severity.ERROR);
        long warnings = count(problems, Severity.WARNING);
        switch (format) {
            case SARIF -> out.print(SarifReport.of(problems, ToolVersion.current()));
            case JSON -> {
                Map<String, Object> result = new LinkedHashMap<>();
                result.put("errors", errors);
                result.put("warnings", warnings);
                result.put("problems", problems);
                out.println(Json.pretty(result));
            }
            case TEXT -> {
                problems.forEach(p -> out.println(p.sentence() + " [" + p.rule() + "]"));
                out.println((projects == 1 ? "1 project: " : projects + " projects: ")
                        + errors
                        + (errors == 1 ? " error, " : " errors, ")
                        + warnings
                        + (warnings == 1 ? " warning" : " warnings"));
            }
        }
        out.flush();
    }

    private static long count(List<Problem> problems, Severity severity) {
        return problems.stream().filter(p -> p.severity() == severity).count();
    }
}
