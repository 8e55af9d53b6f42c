package io.imaas.cli.doctor;

import io.imaas.model.failure.FailureException;
import io.imaas.port.MiProjects;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Whether the JDK that Maven will find can build a project for its Micro Integrator.
 *
 * @param home the JDK's folder
 * @param version its feature version, such as 17
 * @param project an MI project, or null
 */
record JavaCheck(Path home, int version, Path project, MiProjects projects) implements Supplier<CheckResult> {
    /** WSO2's compatibility table: the first and the last Java that each Micro Integrator runs on. */
    private static final Map<String, List<Integer>> RUNS_ON = Map.of(
            "4.2", List.of(11, 17),
            "4.3", List.of(11, 17),
            "4.4", List.of(11, 21),
            "4.5", List.of(11, 21),
            "4.6", List.of(21, 25));

    @Override
    public CheckResult get() {
        String found = "Java " + version + " in " + home;
        if (!Files.exists(home.resolve("bin/javac")) && !Files.exists(home.resolve("bin/javac.exe"))) {
            return CheckResult.warn(
                    found + " has no compiler",
                    "install a JDK (Debian: openjdk-17-jdk-headless): class mediators need javac");
        }
        return project == null ? CheckResult.ok(found) : forProject(found);
    }

    private CheckResult forProject(String found) {
        for (var inspected : projects.inspect(project)) {
            String runtime = inspected.runtimeVersion();
            List<Integer> range = RUNS_ON.get(runtime.replaceFirst("^(\\d+\\.\\d+).*$", "$1"));
            if (range == null) {
                return CheckResult.warn(
                        found + "; which Java Micro Integrator '" + runtime + "' needs is not known",
                        "check project.runtime.version in " + inspected.folder() + "/pom.xml");
            }
            // javac compiles for older Javas too, never for newer ones.
            if (version < range.get(0)) {
                throw FailureException.input(
                        found + " is too old for Micro Integrator " + runtime,
                        "",
                        "let JAVA_HOME name a JDK " + range.get(0) + " to " + range.get(1));
            }
            if (version > range.get(1) && !inspected.classMediators().isEmpty()) {
                return CheckResult.warn(
                        found + " is newer than Micro Integrator " + runtime + " runs on",
                        "let the project compile for Java " + range.get(1)
                                + " (maven.compiler.release), or use that JDK");
            }
        }
        return CheckResult.ok(found + ", fit for " + project);
    }
}
