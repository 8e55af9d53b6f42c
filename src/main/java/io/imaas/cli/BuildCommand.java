package io.imaas.cli;

import io.imaas.adapter.mi.ChosenCarBuilder;
import io.imaas.adapter.mi.MiProjectDetector;
import io.imaas.adapter.mi.verify.CarPartsReader;
import io.imaas.adapter.process.LocalProcesses;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.MiProject;
import io.imaas.port.CarBuilder;
import io.imaas.port.CarBuilder.Choice;
import io.imaas.port.CarParts;
import io.imaas.report.CycloneDx;
import io.imaas.report.Json;
import io.imaas.report.ToolVersion;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaas build}: the CARs of a folder's MI projects. */
@Command(
        name = "build",
        description = "Build the CAR of every MI project in a folder; the same sources give the same bytes.")
public final class BuildCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", defaultValue = ".", description = "folder of a project or of several (default: .)")
    private Path folder;

    @Option(
            names = "--builder",
            paramLabel = "auto|native|maven",
            defaultValue = "auto",
            description = "auto packs natively where that is sound and says why where it is not (default)")
    private Choice builder;

    @Option(names = "--out", paramLabel = "DIR", description = "folder for the CARs (default: DIR/target/imaas)")
    private Path out;

    @Option(
            names = "--local-repository",
            paramLabel = "DIR",
            description = "local Maven repository; give each tenant its own (default: ~/.m2/repository)")
    private Path localRepository;

    @Option(names = "--allow-wrapper", description = "let the project's own mvnw run (default: mvn of the PATH)")
    private boolean wrapper;

    @Option(names = "--offline", description = "let Maven fetch nothing")
    private boolean offline;

    @Option(
            names = "--timeout",
            paramLabel = "PT30M",
            defaultValue = "PT30M",
            description = "end Maven after this time, in ISO 8601 (default: PT30M)")
    private Duration timeout;

    @Option(names = "--dry-run", description = "say what would be built and how, and write nothing")
    private boolean dryRun;

    @Mixin
    private final FormatOption format = new FormatOption();

    @Spec
    private CommandSpec spec;

    /**
     * One project's part of the answer.
     *
     * @param builder {@code native} or {@code maven}
     * @param why reasons for Maven, if any
     * @param car null when nothing was built
     */
    record Built(String project, String version, String folder, String builder, List<String> why, CarFile car) {}

    @Override
    public Integer call() {
        List<Built> done = new ArrayList<>();
        for (MiProject project : new MiProjectDetector().inspect(folder)) {
            done.add(dryRun ? told(project, null) : told(project, build(project)));
        }
        if (!dryRun) {
            record(done);
        }
        PrintWriter answer = spec.commandLine().getOut();
        if (format.json()) {
            answer.println(Json.pretty(done));
        } else {
            done.forEach(one -> answer.println(sentence(one)));
        }
        answer.flush();
        return 0;
    }

    private CarFile build(MiProject project) {
        // Programs' lines are no part of the answer that other programs read.
        PrintWriter log =
                format.json() ? spec.commandLine().getErr() : spec.commandLine().getOut();
        Consumer<String> lines = line -> {
            log.println("  " + line);
            log.flush();
        };
        CarBuilder.Options options =
                new CarBuilder.Options(builder, localRepository(), output().toAbsolutePath(), wrapper, offline);
        return ChosenCarBuilder.of(new LocalProcesses(), timeout).build(project, options, lines);
    }

    private Built told(MiProject project, CarFile car) {
        boolean sound = project.needsMaven().isEmpty();
        boolean natively = builder == Choice.NATIVE || (builder == Choice.AUTO && sound);
        return new Built(
                project.artifactId(),
                project.version(),
                project.folder(),
                natively ? "native" : "maven",
                builder == Choice.MAVEN ? List.of() : project.needsMaven(),
                car);
    }

    private static String sentence(Built one) {
        String head = one.project() + " " + one.version() + ": ";
        if (one.car() != null) {
            return head + one.car().path() + "  sha256:" + one.car().sha256() + "  (" + one.builder() + ")";
        }
        return head + "would be built by the " + one.builder() + " builder"
                + (one.why().isEmpty() ? "" : ", because " + String.join("; ", one.why()));
    }

    /** Beside the CARs: {@code build.json} says the same as {@code --format json}, and {@code sbom/} what is in them. */
    private void record(List<Built> done) {
        ReportFolder reports = new ReportFolder(output());
        reports.write("build.json", Json.pretty(done) + "\n");
        CarParts parts = new CarPartsReader();
        for (Built one : done) {
            reports.write(
                    "sbom/" + one.car().name() + ".cdx.json",
                    CycloneDx.of(one.car(), parts.of(one.car()), ToolVersion.current()));
        }
    }

    private Path output() {
        return out == null ? folder.resolve("target").resolve("imaas") : out;
    }

    private Path localRepository() {
        return localRepository == null
                ? Path.of(System.getProperty("user.home"), ".m2", "repository")
                : localRepository;
    }
}
