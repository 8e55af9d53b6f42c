package io.imaas.cli;

import io.imaas.model.source.MiProject;
import io.imaas.model.source.MiProject.MiArtifact;
import io.imaas.model.source.MiRuntime;
import io.imaas.report.Json;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code imaas inspect}: what a folder holds. */
@Command(
        name = "inspect",
        description = "Show the MI projects of a folder: layout, versions, artifacts, suites, and which builder "
                + "can build them.")
public final class InspectCommand extends CliCommand {
    @Mixin
    private final ProjectOptions project = new ProjectOptions();

    @Mixin
    private final FormatOption format = new FormatOption();

    /**
     * A project with what follows from it.
     *
     * @param java the Java that its runtime needs, such as {@code 11-21}; empty when the runtime is unknown
     * @param builder the one that {@code auto} takes
     * @param runtime null when the project names no runtime
     */
    record Inspected(MiProject project, String java, String builder, Reached runtime) {
        static Inspected of(MiProject project) {
            Optional<MiRuntime> known = MiRuntime.of(project.runtimeVersion());
            return new Inspected(
                    project,
                    known.map(MiRuntime::java).orElse(""),
                    project.needsMaven().isEmpty() ? "native" : "maven",
                    known.map(any -> Reached.of(project.runtimeVersion())).orElse(null));
        }
    }

    /**
     * Where a service on this runtime is reached.
     *
     * @param newer whether the version is newer than all that are known, and taken to be like the newest
     * @param baseImage WSO2's own
     * @param ports by what they are for
     * @param paths by what they are for, on the internal port, but the management API's on its own
     */
    record Reached(
            String version, boolean newer, String baseImage, Map<String, Integer> ports, Map<String, String> paths) {
        static Reached of(String version) {
            Map<String, Integer> ports = new LinkedHashMap<>();
            ports.put("http", MiRuntime.HTTP);
            ports.put("https", MiRuntime.HTTPS);
            ports.put("management", MiRuntime.MANAGEMENT);
            ports.put("internal", MiRuntime.INTERNAL);
            Map<String, String> paths = new LinkedHashMap<>();
            paths.put("management", MiRuntime.MANAGEMENT_PATH);
            List<String> probes = MiRuntime.of(version).map(MiRuntime::probes).orElse(List.of());
            if (probes.contains(MiRuntime.LIVENESS)) {
                paths.put("liveness", MiRuntime.LIVENESS);
            }
            if (probes.contains(MiRuntime.READINESS)) {
                paths.put("readiness", MiRuntime.READINESS);
            }
            paths.put("metrics", MiRuntime.METRICS);
            return new Reached(version, MiRuntime.isNewer(version), MiRuntime.image(version), ports, paths);
        }
    }

    @Override
    protected int run() {
        List<Inspected> found =
                project.all(project.projects()).stream().map(Inspected::of).toList();
        if (format.json()) {
            out().println(Json.pretty(found));
        } else {
            found.forEach(one -> print(one, out()));
        }
        return 0;
    }

    private static void print(Inspected one, PrintWriter out) {
        MiProject project = one.project();
        out.println(project.artifactId() + " " + project.version() + "  (" + project.groupId() + ")");
        out.println("  folder    " + project.folder());
        out.println("  layout    "
                + (project.layout() == MiProject.Layout.VS_CODE ? "VS Code" : "Integration Studio modules"));
        out.println("  runtime   " + (project.runtimeVersion().isEmpty() ? "not told" : runtime(one)));
        if (one.runtime() != null) {
            out.println("  image     " + one.runtime().baseImage());
            out.println("  ports     " + pairs(one.runtime().ports()));
            out.println("  paths     " + pairs(one.runtime().paths()));
        }
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
                + (one.java().isEmpty() ? ", which is unknown" : ", Java " + one.java())
                + (one.runtime() != null && one.runtime().newer() ? " (newer than all that are known)" : "");
    }

    private static String pairs(Map<String, ?> pairs) {
        return pairs.entrySet().stream()
                .map(pair -> pair.getKey() + " " + pair.getValue())
                .collect(Collectors.joining(", "));
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
