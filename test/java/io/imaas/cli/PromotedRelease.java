package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.image.Digest;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.testing.Git;
import io.imaas.testing.TestKey;
import io.imaas.testing.TestRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A release that was promoted once and approved by who asked for it, in real repositories. */
abstract class PromotedRelease {
    static final Digest DIGEST = new Digest("sha256:" + "a".repeat(64));
    static final ServiceName API = new ServiceName("api");

    @TempDir
    static Path folder;

    @BeforeAll
    static void promoted() throws IOException {
        PlatformWorld.begin(folder);
        PlatformWorld.push(folder, "dev", "services/other/values.yaml", "secret: plan\n");
        String image = "registry.example.org/acme/orders/api@" + DIGEST;
        run("release", "api", "dev", "--image", image, "--version", "1.4.0", "--no-image-check");
        healthy("dev");
        run("approve", "api", "test", "--as", "@acme/leads", "--no-image-check");
        run("promote", "api", "dev", "test", "--no-image-check", "--reason", "CHG-7");
        healthy("test");
    }

    static void healthy(String environment) throws IOException {
        EnvironmentName name = new EnvironmentName(environment);
        String commit = Git.in(folder.resolve("orders-gitops.git"))
                .run("rev-parse", environment)
                .strip();
        HealthRecord health = new HealthRecord(
                API,
                name,
                DIGEST,
                HealthRecord.Status.HEALTHY,
                new CommitId(commit),
                Instant.parse("2026-01-01T00:00:00Z"),
                "3 of 3 pods are ready");
        TestRecords.put(
                folder.resolve("orders-gitops.git"),
                GitOpsPaths.health(API, name, DIGEST),
                TestKey.records("orders").sign(health));
    }

    static CommandLineRun tell(String command, String... more) {
        List<String> all = new ArrayList<>(List.of(more));
        all.addAll(List.of("--platform", folder.resolve("platform").toString(), "--tenant", "orders"));
        return CommandLineRun.onGitOps(folder, command, all.toArray(String[]::new));
    }

    static void run(String command, String... more) {
        CommandLineRun run = tell(command, more);
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    }

    static Path evidence() {
        Path file = folder.resolve("evidence.json");
        run(
                "evidence",
                "api",
                "test",
                "--output",
                file.toString(),
                "--report",
                folder.resolve("evidence.html").toString());
        return file;
    }

    static CommandLineRun verify(Path file, String... more) {
        List<String> all = new ArrayList<>(List.of("evidence", "verify", file.toString()));
        all.addAll(List.of(more));
        return CommandLineRun.of(all.toArray(String[]::new));
    }
}
