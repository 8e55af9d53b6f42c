package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.argocd.sim.RealTime;
import io.imaas.adapter.argocd.sim.Script;
import io.imaas.adapter.argocd.sim.SimulatedApi;
import io.imaas.adapter.argocd.sim.SimulatedApplication;
import io.imaas.adapter.argocd.sim.SimulatedArgoCd;
import io.imaas.adapter.argocd.sim.SimulatedGit;
import io.imaas.adapter.argocd.sim.SimulatedServer;
import io.imaas.adapter.management.SimulatedRuntime;
import io.imaas.testing.FastClock;
import io.imaas.testing.Git;
import io.imaas.testing.TestKey;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolloutCommandTest {
    private static final String SECRET = "made-up";

    @TempDir
    Path folder;

    private final FastClock clock = new FastClock();
    private final RealTime time = new RealTime(clock);
    private final SimulatedGit git = new SimulatedGit();
    private final SimulatedArgoCd argo = new SimulatedArgoCd(new Script(time, 1), git);
    private final SimulatedApi api = new SimulatedApi(argo);
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private SimulatedServer server;
    private String commit;

    @BeforeEach
    void begin() throws IOException {
        CommandLineRun.bareRepository(folder);
        server = new SimulatedServer(time, api, SECRET);
        time.run(() -> {
            git.commit("order-api", SimulatedGit.digest(0));
            SimulatedApplication application = argo.application(
                    "orders-dev-order-api",
                    "orders-dev",
                    "order-api",
                    "https://git.example.org/o.git",
                    "registry.example.org/o/order-api");
            argo.settle(application, git.head().value());
            commit = git.commit("order-api", SimulatedGit.digest(1)).value();
        });
    }

    @AfterEach
    void end() {
        server.close();
    }

    private int run(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "rollout",
                "order-api",
                "dev",
                "--gitops",
                folder.resolve("orders-gitops.git").toString(),
                "--cache",
                folder.resolve("cache").toString(),
                "--actor",
                "@ann",
                "--argocd",
                server.url().toString(),
                "--argocd-token",
                SECRET,
                "--commit",
                commit,
                "--image",
                "registry.example.org/o/order-api@" + SimulatedGit.digest(1)));
        arguments.addAll(List.of(more));
        CommandLineRun run = CommandLineRun.of(clock, arguments.toArray(String[]::new));
        out.append(run.out());
        err.append(run.err());
        return run.exitCode();
    }

    @Test
    void aLiveCommitIsRecordedSoThatTheNextGateOpens() {
        assertThat(run()).as(err.toString()).isZero();

        assertThat(TestKey.payload(
                        Git.in(folder.resolve("orders-gitops.git")).run("show", "imaas/records:" + record())))
                .contains("\"status\":\"healthy\"", "\"commit\":\"" + commit + "\"");
    }

    private static String record() {
        return "health/dev/order-api/" + SimulatedGit.digest(1).hex() + ".json";
    }

    @Test
    void aLiveCommitIsExitZeroAndJsonWhenAskedFor() {
        assertThat(run("--format", "json")).isZero();
        assertThat(out.toString())
                .contains("\"verdict\" : \"LIVE\"")
                .contains("\"status\" : \"SUCCEEDED\"")
                .contains(commit);
    }

    @Test
    void aServiceIsAskedBeforeItIsCalledLive() {
        try (SimulatedRuntime runtime = SimulatedRuntime.plain(SECRET, SECRET)
                .lists("{\"activeList\":[{\"name\":\"order-api\",\"version\":\"1.2.0\"}],\"faultyList\":[]}")) {
            String[] asked = {
                "--probe",
                runtime.url().toString(),
                "--probe-car",
                "order-api:1.2.0",
                "--probe-user",
                SECRET,
                "--probe-password",
                SECRET
            };
            assertThat(run(asked)).isZero();
            assertThat(TestKey.payload(
                            Git.in(folder.resolve("orders-gitops.git")).run("show", "imaas/records:" + record())))
                    .contains("the Micro Integrator has loaded CAR order-api 1.2.0");
            asked[3] = "order-api:1.3.0";
            assertThat(run(asked)).isEqualTo(1);
            assertThat(err.toString()).contains("CAR order-api 1.3.0 is not loaded");
        }
        assertThat(run("--probe", "http://127.0.0.1:1")).isEqualTo(2);
        assertThat(run("--probe-car", "order-api")).isEqualTo(2);
    }

    @Test
    void aMissingRightIsExitFive() {
        time.run(() -> api.rights(false, false));
        assertThat(run("--timeout", "60m")).isEqualTo(5);
        assertThat(err.toString()).contains("order-api in dev is refused", "permission denied");
    }

    @Test
    void whatDoesNotComeInTimeIsExitSix() {
        time.run(() -> argo.skipsAutoSync(1));
        assertThat(run("--timeout", "2s")).isEqualTo(6);
        assertThat(err.toString()).contains("order-api in dev is timed out", "still waiting for");
    }

    @Test
    void aLostServerIsExitSix() {
        server.close();
        assertThat(run("--timeout", "2s")).isEqualTo(6);
        assertThat(out.toString()).doesNotContain("done");
    }

    @Test
    void wrongInputIsSaidBeforeAnythingIsAsked() {
        String whole = commit;
        commit = "main";
        assertThat(run()).isEqualTo(3);
        assertThat(err.toString()).contains("'main' is not a commit id");
        commit = whole;
        Stream.of("0m", "10y", "soon")
                .forEach(wrong -> assertThat(run("--timeout", wrong)).isEqualTo(2));
        assertThat(server.requests()).isEmpty();
    }
}
