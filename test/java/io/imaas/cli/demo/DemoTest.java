package io.imaas.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.cli.Main;
import io.imaas.cli.settings.Settings;
import io.imaas.testing.Git;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The front door, with the native builder so that it needs no Maven. */
class DemoTest {
    private static final Pattern DIGEST = Pattern.compile("digest: sha256:([0-9a-f]{64})");

    /** So many lines, and some more, are printed until all is done. */
    private static final int LINES = 40;

    @TempDir
    Path folder;

    @Test
    void theStateItLeavesIsTheTruthAndASecondRunChangesNothing() throws IOException {
        String told = demo();

        assertThat(told).contains("refused order", "suites found, not run: no MI unit-test server was given");
        Git gitops = Git.in(folder.resolve("git/orders-gitops.git"));
        Matcher prod = DIGEST.matcher(gitops.run("show", "prod:services/order-api/release.yaml"));
        Matcher test = DIGEST.matcher(gitops.run("show", "test:services/order-api/release.yaml"));
        assertThat(prod.find() && test.find()).isTrue();
        assertThat(prod.group(1)).isNotEqualTo(test.group(1));
        assertThat(folder.resolve("registry/blobs/sha256").resolve(prod.group(1)))
                .exists();
        assertThat(Files.readString(folder.resolve("report.html")))
                .contains("order-api")
                .doesNotContain("<script");
        assertThat(Files.readString(folder.resolve("report.json"))).contains("\"runs\"");
        assertThat(told).contains("evidence verify");
        StringWriter checked = new StringWriter();
        CommandLine verify = Main.commandLine(Settings.of(Map.of(), Path.of("nowhere"), Path.of("nowhere")));
        verify.setOut(new PrintWriter(checked));
        assertThat(verify.execute(
                        "evidence", "verify", folder.resolve("evidence.json").toString()))
                .isZero();
        assertThat(checked.toString()).contains("approved by @rita", "healthy in prod", "ok      manifests");
        String refs = gitops.run("for-each-ref");

        assertThat(demo()).contains("done by an earlier run");
        assertThat(gitops.run("for-each-ref")).isEqualTo(refs);
    }

    @Test
    void killedAnywhereItGoesOnWhereItWasCutOff() throws Exception {
        for (int kill = 0; kill < 2; kill++) {
            Process process = process();
            int after = ThreadLocalRandom.current().nextInt(LINES);
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                while (after > 0 && lines.readLine() != null) {
                    after--;
                }
                process.waitFor(ThreadLocalRandom.current().nextInt(500), TimeUnit.MILLISECONDS);
                process.destroyForcibly().waitFor();
            }
        }
        demo();

        Git gitops = Git.in(folder.resolve("git/orders-gitops.git"));
        String subjects = gitops.run("log", "--exclude=refs/heads/rendered/*", "--all", "--format=%s");
        assertThat(subjects.lines().filter(line -> line.startsWith("Release ") || line.startsWith("Promote ")))
                .doesNotHaveDuplicates()
                .hasSize(8);
        gitops.run("fsck", "--strict");
    }

    private String demo() {
        CommandLine line = Main.commandLine(Settings.of(Map.of(), Path.of("nowhere"), Path.of("nowhere")));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int exitCode = line.execute("demo", "--workdir", folder.toString(), "--builder", "native");
        assertThat(exitCode).as(out + "\n" + err).isZero();
        return out.toString();
    }

    private Process process() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        Main.class.getName(),
                        "demo",
                        "--workdir",
                        folder.toString(),
                        "--builder",
                        "native")
                .redirectErrorStream(true)
                .start();
    }
}
