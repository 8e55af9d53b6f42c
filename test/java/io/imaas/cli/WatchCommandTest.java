package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.argocd.sim.RealTime;
import io.imaas.adapter.argocd.sim.Script;
import io.imaas.adapter.argocd.sim.SimulatedApi;
import io.imaas.adapter.argocd.sim.SimulatedApplication;
import io.imaas.adapter.argocd.sim.SimulatedArgoCd;
import io.imaas.adapter.argocd.sim.SimulatedGit;
import io.imaas.adapter.argocd.sim.SimulatedServer;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.testing.FastClock;
import io.imaas.testing.Git;
import io.imaas.testing.TestKey;
import io.imaas.testing.TestRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real repository and the simulated Argo CD over HTTP. */
class WatchCommandTest {
    private static final String RECORD = "health/dev/order-api/";
    private static final String SECRET = "made-up";

    @TempDir
    Path folder;

    private final FastClock clock = new FastClock();
    private final RealTime time = new RealTime(clock);
    private final SimulatedGit git = new SimulatedGit();
    private final SimulatedArgoCd argo = new SimulatedArgoCd(new Script(time, 1), git);
    private CommandLineRun run;
    private SimulatedApplication application;
    private SimulatedServer server;

    @BeforeEach
    void begin() throws IOException {
        server = new SimulatedServer(time, new SimulatedApi(argo), SECRET);
        time.run(() -> {
            git.commit("order-api", SimulatedGit.digest(0));
            application = argo.application(
                    "orders-dev-order-api",
                    "orders-dev",
                    "order-api",
                    "https://git.example.org/o.git",
                    "registry.example.org/o/order-api");
            argo.settle(application, git.head().value());
        });
        commit(
                "dev",
                "services/order-api/release.yaml",
                "image:\n  repository: registry.example.org/o/order-api\n  digest: \"" + SimulatedGit.digest(0)
                        + "\"\nversion: 1.0.0\n");
        TestRecords.put(
                folder.resolve("gitops.git"),
                RECORD + SimulatedGit.digest(0).hex() + ".json",
                TestKey.records("orders")
                        .sign(new HealthRecord(
                                new ServiceName("order-api"),
                                new EnvironmentName("dev"),
                                SimulatedGit.digest(0),
                                HealthRecord.Status.HEALTHY,
                                new CommitId("a".repeat(40)),
                                Instant.parse("2026-11-20T10:00:00Z"),
                                "a rollout")));
    }

    @AfterEach
    void end() {
        server.close();
    }

    private void commit(String branch, String path, String text) throws IOException {
        Path bare = folder.resolve("gitops.git");
        if (!Files.exists(bare)) {
            Git.in(folder).run("init", "-q", "--bare", "gitops.git");
        }
        Path work = folder.resolve(branch.replace('/', '-'));
        Git.in(folder).run("init", "-q", "-b", branch, work.toString());
        Files.createDirectories(work.resolve(path).getParent());
        Files.writeString(work.resolve(path), text);
        Git in = Git.in(work);
        in.run("add", ".");
        in.run("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", "begin");
        in.run("push", "-q", bare.toString(), branch);
    }

    private int run() {
        run = CommandLineRun.of(
                clock,
                "watch",
                "--gitops",
                folder.resolve("gitops.git").toString(),
                "--cache",
                folder.resolve("cache").toString(),
                "--environments",
                "dev",
                "--tenant",
                "orders",
                "--argocd",
                server.url().toString(),
                "--argocd-token",
                SECRET,
                "--grace",
                "60s",
                "--once");
        return run.exitCode();
    }

    private String record() {
        return TestKey.payload(Git.in(folder.resolve("gitops.git"))
                .run("show", "imaas/records:" + RECORD + SimulatedGit.digest(0).hex() + ".json"));
    }

    @Test
    void whatIsAsItsRecordSaysIsLeftAlone() {
        String before = record();
        assertThat(run()).as(run.err()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(record()).isEqualTo(before);
    }

    @Test
    void aReleaseThatDegradedLaterIsRevoked() throws Exception {
        // Argo CD notices in its own time; what degraded before the first rollout was over, that rollout fixed.
        do {
            time.run(() -> application.workload().degrade());
            clock.pause(Duration.ofSeconds(30));
            assertThat(run()).as(run.err()).isZero();
        } while (run.out().isEmpty());
        assertThat(run.out()).startsWith("order-api in dev is degraded since ").contains("Argo CD: ");
        assertThat(record()).contains("\"status\":\"degraded\"", "\"was\":\"healthy\"");
    }

    @Test
    void aLostServerIsSaidAndChangesNothing() {
        String before = record();
        server.close();
        assertThat(run()).isEqualTo(6);
        assertThat(run.err()).isNotEmpty();
        assertThat(record()).isEqualTo(before);
    }
}
