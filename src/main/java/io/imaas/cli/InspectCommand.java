package io.imaas.cli;

import io.imaas.adapter.mi.pom.RuntimeVersion;
import io.imaas.model.source.MiArtifact;
import io.imaas.model.source.MiProject;
import io.imaas.report.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code imaas inspect}: what a folder holds. */
@Command(
        name = "inspect",
        description = "Show the MI projects of a folder: layout, versions, artifacts, suites, and what can build them.")
public final class InspectCommand implements Callable<Integer> {
    @Mixin
    private final ProjectOptions project = new ProjectOptions();

    @Mixin
    private final FormatOption format = new FormatOption();

    @Spec
    private CommandSpec spec;

    /**
     * A project with what follows from it.
     *
     * @param java the Java that its runtime needs, such as {@code 11-21}; empty when the runtime is unknown
     * @param builder the one that {@code auto} takes
     */
    record Inspected(MiProject project, String java, String builder) {
        static Inspected of(MiProject project) {
            return new Inspected(
                    project,
                    new RuntimeVersion(project.runtimeVersion()).java(),
                    project.needsMaven().isEmpty() ? "native" : "maven");
        }
    }

    @Override
    public Integer call() {
        List<Inspected> found = project.projects().in(project.folder()).stream()
                .map(Inspected::of)
                .toList();
        PrintWriter out = spec.commandLine().getOut();
        if (format.json()) {
            out.println(Json.pretty(found));
        } else {
            found.forEach(one -> print(one, out));
        }
        out.flush();
        return 0;
    }

    private static void print(Inspected one, PrintWriter out) {
        MiProject project = one.project();
        out.println(project.artifactId() + " " + project.version() + "  (" + project.groupId() + ")");
        out.println("  folder    " + project.folder());
        out.println("  layout    "
                + (project.layout() == MiProject.Layout.VS_CODE ? "VS Code" : "Integration Studio modules"));
        out.println("  runtime   " + (project.runtimeVersion().isEmpty() ? "not told" : runtime(one)));
        out.println("  builder   " + one.builder());
        project.needsMaven().forEach(why -> out.println("            " + why));
        print(
                "artifacts",
                project.artifacts().stream().map(InspectCommand::line).toList(),
                out);
        print("connectors", project.connectors(), out);
        print("class mediators", project.classMediators(), out);
        print("data mappers", project.dataMappers(), out);
        print("unit-test suites", project.suites(), out);
    }

    private static String runtime(Inspected one) {
        return "Micro Integrator " + one.project().runtimeVersion()
                + (one.java().isEmpty() ? "" : ", Java " + one.java());
    }

    private static String line(MiArtifact artifact) {
        return String.format("%-26s %s %s  %s", artifact.type(), artifact.name(), artifact.version(), artifact.file());
    }

    private static void print(String title, List<String> lines, PrintWriter out) {
        if (!lines.isEmpty()) {
            out.println("  " + title + " (" + lines.size() + ")");
            lines.forEach(line -> out.println("    " + line));
        }
    }
}
