package io.imaas.cli;

import io.imaas.app.Projects;
import io.imaas.app.Projects.Built;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Problem;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.CycloneDx;
import io.imaas.model.source.MiProject;
import io.imaas.port.CarBuilder;
import io.imaas.port.CarBuilder.Choice;
import io.imaas.report.Json;
import io.imaas.report.SarifReport;
import io.imaas.report.ToolVersion;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code imaas build}: the CARs of a folder's MI projects. */
@Command(
        name = "build",
        description =
                "Build the CAR of every MI project in a folder and check it; the same sources give the same bytes.",
        footer = {
            "",
            "Exit codes: 0 built (there may be warnings), 1 Maven failed, 3 errors in the sources or in " + "the CAR."
        })
public final class BuildCommand extends CliCommand {
    @Mixin
    private final ProjectOptions where = new ProjectOptions();

    @Option(
            names = "--builder",
            paramLabel = "auto|native|maven",
            description = "auto packs the sources natively if that is safe, and otherwise says why not (default: as "
                    + "imaas.yaml says, else auto)")
    private Choice builder;

    @Option(names = "--output", paramLabel = "DIR", description = "folder for the CARs (default: DIR/target/imaas)")
    private Path out;

    @Mixin
    private final MavenOptions maven = new MavenOptions();

    @Option(names = "--allow-wrapper", description = "run the project's own mvnw (default: mvn of the PATH)")
    private boolean wrapper;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "30m",
            description = "end Maven after this time, such as 90s or 30m (default: ${DEFAULT-VALUE})")
    private Duration timeout;

    @Option(names = "--dry-run", description = "show what would be built and how, and write nothing")
    private boolean dryRun;

    @Mixin
    private final FormatOption format = new FormatOption();

    /**
     * One project's part of the answer.
     *
     * @param builder {@code native} or {@code maven}
     * @param why reasons for Maven, if any
     * @param car null when nothing was built
     * @param failure why nothing was built, or null
     */
    record Told(
            String project,
            String version,
            String folder,
            String builder,
            List<String> why,
            CarFile car,
            Failure failure) {}

    @Override
    protected int run() {
        Projects projects = new Projects(where.assembly(timeout).ports().build());
        Choice choice =
                builder == null ? Choice.valueOf(where.settings().builder().name()) : builder;
        List<Told> done = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        List<Failure> failed = new ArrayList<>();
        List<MiProject> all = where.all(projects);
        for (MiProject project : all) {
            CarBuilder.Options options = new CarBuilder.Options(
                    choice, maven.localRepository(), output().toAbsolutePath(), wrapper, maven.offline());
            List<String> needs = projects.ports().cars().needsMaven(project, options);
            if (dryRun) {
                done.add(told(project, choice, needs, null, null));
                continue;
            }
            try {
                Built built = where.placed(project, () -> build(projects, project, options));
                List<Problem> found = where.settings().lint().of(built.problems());
                found.forEach(problem -> problems.add(where.below(project, problem)));
                done.add(told(project, choice, needs, built.car(), null));
                record(project, built, found);
            } catch (FailureException e) {
                if (all.size() == 1) {
                    throw e;
                }
                failed.add(e.failure());
                done.add(told(project, choice, needs, null, e.failure()));
            }
        }
        if (!dryRun) {
            new ReportFolder(output()).write("build.json", Json.pretty(done) + "\n");
        }
        return tell(done, problems, failed);
    }

    private Built build(Projects projects, MiProject project, CarBuilder.Options options) {
        // Programs' lines are not part of the answer that other programs read.
        PrintWriter log = format.json() ? err() : out();
        return projects.build(project, options, line -> {
            log.println("  " + line);
            log.flush();
        });
    }

    private int tell(List<Told> done, List<Problem> problems, List<Failure> failed) {
        if (format.json()) {
            out().println(Json.pretty(done));
        } else {
            done.stream().filter(one -> one.failure() == null).forEach(one -> out().println(sentence(one)));
        }
        problems.forEach(problem -> err().println(where.shown(problem).sentence() + " [" + problem.rule() + "]"));
        failed.forEach(failure -> FailurePrinter.print(failure, err()));
        return problems.stream().anyMatch(Problem::isError)
                ? FailureKind.INPUT.exitCode()
                : failed.stream()
                        .mapToInt(failure -> failure.kind().exitCode())
                        .max()
                        .orElse(0);
    }

    private static Told told(MiProject project, Choice choice, List<String> needs, CarFile car, Failure failure) {
        boolean natively = choice == Choice.NATIVE || (choice == Choice.AUTO && needs.isEmpty());
        return new Told(
                project.artifactId(),
                project.version(),
                project.folder(),
                natively ? "native" : "maven",
                choice == Choice.MAVEN ? List.of() : needs,
                car,
                failure);
    }

    private static String sentence(Told one) {
        String head = one.project() + " " + one.version() + ": ";
        if (one.car() != null) {
            return head + one.car().path() + "  sha256:" + one.car().sha256() + "  (" + one.builder() + ")";
        }
        return head + "would be built by the " + one.builder() + " builder"
                + (one.why().isEmpty() ? "" : ", because " + String.join("; ", one.why()));
    }

    /** Beside the CARs: {@code sbom/} says what is in them; below each project: what the check found. */
    private void record(MiProject project, Built built, List<Problem> found) {
        new ReportFolder(output())
                .write(
                        "sbom/" + built.car().name() + ".cdx.json",
                        Json.pretty(CycloneDx.of(built.car(), built.parts(), ToolVersion.current())) + "\n");
        ReportFolder.of(project.folder()).write("problems.sarif", SarifReport.of(found, ToolVersion.current()));
    }

    private Path output() {
        return out == null ? where.folder().resolve("target").resolve("imaas") : out;
    }
}
