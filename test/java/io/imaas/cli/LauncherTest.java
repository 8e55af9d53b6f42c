package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher itself, with something small in the place of Java. */
class LauncherTest {
    @TempDir
    Path folder;

    @BeforeEach
    void built() throws IOException {
        Files.copy(Path.of("imaas"), folder.resolve("imaas"));
        executable(folder.resolve("imaas"));
        for (String part : new String[] {"src/main", "resources", "target/lib", "java/bin"}) {
            Files.createDirectories(folder.resolve(part));
        }
        Files.createFile(folder.resolve("pom.xml"));
        Files.createFile(folder.resolve("target/imaas.jar"));
        program("java/bin/java", "echo \"answer of ${*: -1}\"; exit 5");
        program("pager", "sed 's/^/paged: /'");
    }

    @Test
    void aLongAnswerGoesThroughThePagerOnATerminalAndKeepsItsExitCode() throws Exception {
        assertThat(onTerminal("status", Map.of())).contains("paged: answer of status", "exit 5");
        assertThat(onTerminal("promote --dry-run", Map.of())).contains("paged: answer of --dry-run", "exit 5");
    }

    @Test
    void nothingElseIsPaged() throws Exception {
        assertThat(onTerminal("promote", Map.of()))
                .contains("answer of promote", "exit 5")
                .doesNotContain("paged");
        assertThat(onTerminal("status --watch", Map.of())).doesNotContain("paged");
        assertThat(onTerminal("status", Map.of("IMAAS_PAGER", "")))
                .contains("answer of status")
                .doesNotContain("paged");
        assertThat(run(Map.of(), "bash", "-c", "./imaas status; echo exit $?"))
                .contains("answer of status", "exit 5")
                .doesNotContain("paged");
    }

    @Test
    void theHomeFolderIsTheEnvironmentsAsForEveryOtherProgram() throws Exception {
        program("java/bin/java", "printf '%s\\n' \"$@\"");
        assertThat(run(Map.of("HOME", "/home/of nobody"), "./imaas", "promote"))
                .contains("-Duser.home=/home/of nobody\n");
    }

    /** An archive of classes that was made with other options would never be used. */
    @Test
    void theFirstStartHasTheOptionsOfEveryLaterOne() throws Exception {
        Files.delete(folder.resolve("target/imaas.jar"));
        Files.createDirectory(folder.resolve("bin"));
        program("bin/mvn", "touch target/imaas.jar target/lib/picocli-1.jar");
        program("java/bin/java", "printf '%s\\n' \"$@\"");
        Map<String, String> maven = Map.of("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));

        String first = run(maven, "./imaas", "promote");

        assertThat(first).contains("-Xbootclasspath/a:" + folder.toRealPath() + "/target/lib/picocli-1.jar\n");
        assertThat(first).endsWith(run(maven, "./imaas", "promote"));
    }

    @Test
    void aTerminalsWidthIsPassedOnAndAPipeHasNone() throws Exception {
        program("java/bin/java", "echo \"columns ${IMAAS_COLUMNS-none}\"");
        assertThat(onTerminal("promote", Map.of("COLUMNS", "50"))).contains("columns 50");
        assertThat(run(Map.of("COLUMNS", "50"), "./imaas", "promote")).contains("columns none");
    }

    private String onTerminal(String words, Map<String, String> environment) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")));
        return run(environment, "script", "-qec", "./imaas " + words + "; echo exit $?", "/dev/null");
    }

    private String run(Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", folder.resolve("java").toString());
        builder.environment().put("IMAAS_PAGER", folder.resolve("pager").toString());
        builder.environment().put("TERM", "xterm");
        builder.environment().putAll(environment);
        Process process = builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return out;
    }

    private void program(String name, String line) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, "#!/usr/bin/env bash\n" + line + "\n");
        executable(file);
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
