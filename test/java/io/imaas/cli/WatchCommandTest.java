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
import io.imaas.testing.Git;
import io.imaas.testing.TestKey;
import io.imaas.testing.TestRecords;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A real repository and the simulated Argo CD over HTTP. */
class WatchCommandTest {
    private static final String RECORD = "health/dev/order-api/";
    private static final Map.Entry<String, String> VARIABLE = System.getenv().entrySet().stream()
            .filter(e -> e.getValue().matches("[\\x21-\\x7e]+"))
            .findFirst()
            .orElseThrow();

    @TempDir
    Path folder;

    private final RealTime time = new RealTime();
    private final SimulatedGit git = new SimulatedGit();
    private final SimulatedArgoCd argo = new SimulatedArgoCd(new Script(time, 1).pace(0.02), git);
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private SimulatedApplication application;
    private SimulatedServer server;

    @BeforeEach
    void begin() throws IOException {
        server = new SimulatedServer(time, new SimulatedApi(argo), VARIABLE.getValue());
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
        CommandLine line = new CommandLine(new WatchCommand());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler(new FailurePrinter());
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(
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
                VARIABLE.getValue(),
                "--key",
                TestKey.file().toString(),
                "--grace",
                "1s",
                "--once");
    }

    private String record() {
        return TestKey.payload(Git.in(folder.resolve("gitops.git"))
                .run("show", "imaas/records:" + RECORD + SimulatedGit.digest(0).hex() + ".json"));
    }

    @Test
    void whatIsAsItsRecordSaysIsLeftAlone() {
        String before = record();
        assertThat(run()).as(err.toString()).isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(record()).isEqualTo(before);
    }

    @Test
    void aReleaseThatDegradedLaterIsRevoked() throws Exception {
        // Argo CD notices in its own time; what degraded before the first rollout was over, that rollout fixed.
        for (int looks = 0; looks < 20 && out.toString().isEmpty(); looks++) {
            time.run(() -> application.workload().degrade());
            CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS))
                    .get();
            assertThat(run()).as(err.toString()).isZero();
        }
        assertThat(out.toString())
                .startsWith("order-api in dev is degraded since ")
                .contains("Argo CD: ");
        assertThat(record()).contains("\"status\":\"degraded\"", "\"was\":\"healthy\"");
    }

    @Test
    void aLostServerIsSaidAndChangesNothing() {
        String before = record();
        server.close();
        assertThat(run()).isEqualTo(6);
        assertThat(err.toString()).isNotEmpty();
        assertThat(record()).isEqualTo(before);
    }
}
