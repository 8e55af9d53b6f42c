package io.imaas.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.cli.Main;
import io.imaas.cli.settings.Settings;
import io.imaas.testing.Git;
import io.imaas.testing.JavaProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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

    private static final Pattern PRINTED = Pattern.compile("(?m)(?:^ +|: )(imaas [a-z].*)$");

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
        String refs = gitops.run("for-each-ref");

        assertThat(demo()).contains("done by an earlier run");
        assertThat(gitops.run("for-each-ref")).isEqualTo(refs);
        everyPrintedCommandRuns(told);
    }

    private void everyPrintedCommandRuns(String told) {
        String config = folder.resolve("config.yaml").toString();
        assertThat(told).contains("export IMAAS_CONFIG='" + config + "'");
        List<String> commands = PRINTED.matcher(told)
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();
        assertThat(commands).hasSize(5).contains("imaas registry " + folder.resolve("registry") + " --port " + port());
        StringBuilder answers = new StringBuilder();
        for (String command : commands) {
            if (!command.startsWith("imaas registry ")) {
                answers.append(imaas(Map.of("IMAAS_CONFIG", config), command.split(" ")));
            }
        }
        assertThat(answers)
                .contains("approved by @rita", "healthy in prod", "ok      manifests", "Resume order-api in prod");
        assertThat(imaas(Map.of("IMAAS_CONFIG", config), "imaas", "audit"))
                .isEqualTo("Everything is as the platform's files say.\n");
    }

    private String port() {
        try {
            return Files.readString(folder.resolve("registry.port")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        return imaas(Map.of(), "imaas", "demo", "--workdir", folder.toString(), "--builder", "native");
    }

    private static String imaas(Map<String, String> environment, String... words) {
        CommandLine line = Main.commandLine(Settings.of(environment, Path.of("nowhere"), Path.of("nowhere")));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int exitCode = line.execute(Arrays.copyOfRange(words, 1, words.length));
        assertThat(exitCode)
                .as(String.join(" ", words) + "\n" + out + "\n" + err)
                .isZero();
        return out.toString();
    }

    private Process process() throws IOException {
        return JavaProcess.of(Main.class, "demo", "--workdir", folder.toString(), "--builder", "native")
                .redirectErrorStream(true)
                .start();
    }
}
