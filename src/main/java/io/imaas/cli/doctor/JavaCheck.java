package io.imaas.cli.doctor;

import io.imaas.model.failure.FailureException;
import io.imaas.model.source.MiRuntime;
import io.imaas.port.MiProjects;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether the JDK that Maven will find can build a project for its Micro Integrator.
 *
 * @param home the JDK's folder
 * @param version its feature version, such as 17
 * @param project an MI project, or null
 */
record JavaCheck(Path home, int version, Path project, MiProjects projects) implements Supplier<CheckResult> {
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
            MiRuntime.fault(runtime).ifPresent(fault -> {
                throw FailureException.input(fault, inspected.folder() + "/pom.xml", "write it as 4.4.0");
            });
            Optional<MiRuntime> known = MiRuntime.of(runtime);
            if (known.isEmpty()) {
                return CheckResult.warn(
                        found + "; which Java Micro Integrator '" + runtime + "' needs is not known",
                        "check project.runtime.version in " + inspected.folder() + "/pom.xml");
            }
            // javac compiles for older Javas too, never for newer ones.
            if (version < known.get().javaFrom()) {
                throw FailureException.input(
                        found + " is too old for Micro Integrator " + runtime,
                        "let JAVA_HOME name a JDK " + known.get().java());
            }
            if (version > known.get().javaTo() && !inspected.classMediators().isEmpty()) {
                return CheckResult.warn(
                        found + " is newer than Micro Integrator " + runtime + " runs on",
                        "let the project compile for Java " + known.get().javaTo()
                                + " (maven.compiler.release), or use that JDK");
            }
        }
        return CheckResult.ok(found + ", fit for " + project);
    }
}
