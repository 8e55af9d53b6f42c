package io.imaas.cli;

import io.imaas.app.Projects;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Problem;
import io.imaas.model.failure.Problem.Severity;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.LintLevels;
import io.imaas.model.source.MiProject;
import io.imaas.model.tenancy.ServiceSettings;
import io.imaas.report.Json;
import io.imaas.report.LintBaseline;
import io.imaas.report.SarifReport;
import io.imaas.report.ToolVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code imaas lint}: what is wrong with MI projects, before anything is built. */
@Command(
        name = "lint",
        description = "Check MI projects without building them: XML, names, references, resources, suites, secrets.",
        footer = {
            "",
            "The severity of a rule is set in imaas.yaml: lint: {rules: {name-differs: off}}.",
            "Exit codes: 0 no finding as severe as --fail-on, 3 at least one."
        })
public final class LintCommand extends CliCommand {
    /** What makes the command fail. */
    enum FailOn {
        ERROR,
        WARNING,
        NEVER
    }

    @Mixin
    private final ProjectOptions where = new ProjectOptions();

    @Option(
            names = "--car",
            paramLabel = "FILE",
            description = "also compare this CAR with the sources that it was built from")
    private Path car;

    @Mixin
    private final ProblemFormat format = new ProblemFormat();

    @Option(
            names = "--fail-on",
            paramLabel = "error|warning|never",
            defaultValue = "error",
            description = "the severity that makes the exit code 3 (default: ${DEFAULT-VALUE})")
    private FailOn failOn;

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "leave out the findings in this file, which --write-baseline wrote")
    private Path baseline;

    @Option(
            names = "--write-baseline",
            paramLabel = "FILE",
            description = "write all findings to this file, and end with exit code 0")
    private Path newBaseline;

    @Option(names = "--fix", description = "correct the sources where only one correction is possible, then check")
    private boolean fix;

    @Override
    protected int run() {
        if (car != null && !Files.isRegularFile(car)) {
            throw FailureException.input("there is no CAR", car.toString(), "imaas build " + Pasted.of(where.folder()));
        }
        Set<Problem> all = new LinkedHashSet<>();
        Projects checks = where.projects();
        ServiceSettings settings = where.settings();
        LintLevels levels = settings.lint();
        all.addAll(levels.of(MigrationFolder.problems(where.folder(), settings.migration())));
        List<MiProject> projects = where.all(checks);
        for (MiProject project : projects) {
            if (fix) {
                fix(checks, project, levels);
            }
            List<Problem> found = levels.of(
                    car == null
                            ? checks.ports().verifier().lint(project)
                            : checks.ports()
                                    .verifier()
                                    .verify(
                                            project,
                                            new CarFile(
                                                    car.toString(), project.artifactId(), project.version(), "", "")));
            keep(project, found);
            // Two composites may share modules, and their findings.
            found.forEach(problem -> all.add(where.below(project, problem)));
        }
        if (projects.size() > 1) {
            checks.ports().verifier().between(projects).forEach((project, found) -> levels.of(found)
                    .forEach(problem -> all.add(where.below(project, problem))));
        }
        List<Problem> problems = List.copyOf(all);
        if (newBaseline != null) {
            TextFile.write(newBaseline, LintBaseline.of(problems));
            say(problems.size() + " findings are the baseline in " + newBaseline);
            return 0;
        }
        problems = fresh(problems);
        print(projects.size(), problems);
        return problems.stream().anyMatch(this::fails) ? FailureKind.INPUT.exitCode() : 0;
    }

    /** For whoever reads reports later; sources that can't be written are checked all the same. */
    private void keep(MiProject project, List<Problem> found) {
        try {
            ReportFolder.of(project.folder()).write("problems.sarif", SarifReport.of(found, ToolVersion.current()));
        } catch (FailureException e) {
            say("warning: " + e.failure().where() + ": " + e.failure().what());
        }
    }

    private boolean fails(Problem problem) {
        return switch (failOn) {
            case ERROR -> problem.isError();
            case WARNING -> problem.severity() != Severity.INFO;
            case NEVER -> false;
        };
    }

    private void fix(Projects checks, MiProject project, LintLevels levels) {
        checks.ports()
                .verifier()
                .fix(project, problem -> !levels.of(List.of(problem)).isEmpty())
                .forEach(problem -> say("fixed "
                        + where.shown(where.below(project, problem)).sentence() + " [" + problem.rule() + "]"));
    }

    private List<Problem> fresh(List<Problem> problems) {
        if (baseline == null) {
            return problems;
        }
        String text = TextFile.read(baseline, "imaas lint --write-baseline " + baseline);
        LintBaseline known = LintBaseline.read(text, baseline.toString());
        List<Problem> fresh = known.without(problems);
        if (known.gone() > 0) {
            say(known.gone() + " findings of the baseline no longer occur; write it again to keep them out");
        }
        return fresh;
    }

    private void say(String line) {
        err().println(line);
    }

    private void print(int projects, List<Problem> problems) {
        long errors = count(problems, Severity.ERROR);
        long warnings = count(problems, Severity.WARNING);
        switch (format.chosen()) {
            case SARIF -> out().print(SarifReport.of(problems, ToolVersion.current()));
            case JSON -> {
                Map<String, Object> result = new LinkedHashMap<>();
                result.put("errors", errors);
                result.put("warnings", warnings);
                result.put("problems", problems);
                out().println(Json.pretty(result));
            }
            case TEXT -> {
                problems.forEach(p -> out().println(where.shown(p).sentence() + " [" + p.rule() + "]"));
                out().println((projects == 1 ? "1 project: " : projects + " projects: ")
                        + errors
                        + (errors == 1 ? " error, " : " errors, ")
                        + warnings
                        + (warnings == 1 ? " warning" : " warnings"));
            }
        }
    }

    private static long count(List<Problem> problems, Severity severity) {
        return problems.stream().filter(p -> p.severity() == severity).count();
    }
}
