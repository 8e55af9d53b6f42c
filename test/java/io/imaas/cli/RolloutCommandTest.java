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
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RolloutCommandTest {
    /** A variable that every process has; what is in it serves as the token. */
    private static final Map.Entry<String, String> VARIABLE = System.getenv().entrySet().stream()
            .filter(e -> e.getValue().matches("[\\x21-\\x7e]+"))
            .findFirst()
            .orElseThrow();

    private final RealTime time = new RealTime();
    private final SimulatedGit git = new SimulatedGit();
    private final SimulatedArgoCd argo = new SimulatedArgoCd(new Script(time, 1).pace(0.02), git);
    private final SimulatedApi api = new SimulatedApi(argo);
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private SimulatedServer server;
    private String commit;

    @BeforeEach
    void begin() throws IOException {
        server = new SimulatedServer(time, api, VARIABLE.getValue());
        time.run(() -> {
            git.commit("order-api", SimulatedGit.digest(0));
            SimulatedApplication application = argo.application(
                    "app", "orders", "order-api", "https://git.example.org/o.git", "registry.example.org/o/order-api");
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
                "--server",
                server.url().toString(),
                "--token-env",
                VARIABLE.getKey(),
                "--project",
                "orders",
                "--app",
                "app",
                "--commit",
                commit,
                "--image",
                "registry.example.org/o/order-api@" + SimulatedGit.digest(1)));
        arguments.addAll(List.of(more));
        CommandLine line = new CommandLine(new RolloutCommand());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler(new FailurePrinter());
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments.toArray(String[]::new));
    }

    @Test
    void aLiveCommitIsExitZeroAndJsonWhenAskedFor() {
        assertThat(run("--format", "json")).isZero();
        assertThat(out.toString()).contains("\"verdict\" : \"live\"").contains("\"liveCommit\" : \"" + commit + "\"");
        assertThat(err.toString()).contains("waiting for");
    }

    @Test
    void aServiceIsAskedBeforeItIsCalledLive() {
        String secret = VARIABLE.getValue();
        try (SimulatedRuntime runtime = SimulatedRuntime.plain(secret, secret)
                .lists("{\"activeList\":[{\"name\":\"order-api\",\"version\":\"1.2.0\"}],\"faultyList\":[]}")) {
            String[] asked = {
                "--probe",
                runtime.url().toString(),
                "--probe-car",
                "order-api:1.2.0",
                "--probe-user-env",
                VARIABLE.getKey(),
                "--probe-password-env",
                VARIABLE.getKey()
            };
            assertThat(run(asked)).isZero();
            assertThat(out.toString()).contains("the Micro Integrator has loaded CAR order-api 1.2.0");
            asked[3] = "order-api:1.3.0";
            assertThat(run(Stream.concat(Stream.of("--timeout", "3s"), Stream.of(asked))
                            .toArray(String[]::new)))
                    .isEqualTo(6);
            assertThat(out.toString()).contains("still waiting for CAR order-api 1.3.0 is not loaded");
        }
        assertThat(run("--probe", "http://127.0.0.1:1")).isEqualTo(2);
        assertThat(run("--probe-car", "order-api")).isEqualTo(2);
    }

    @Test
    void aMissingRightIsExitFive() {
        time.run(() -> api.rights(false, false));
        assertThat(run("--timeout", "30s")).isEqualTo(5);
        assertThat(out.toString()).startsWith("refused: app").contains("permission denied");
    }

    @Test
    void whatDoesNotComeInTimeIsExitSix() {
        time.run(() -> argo.skipsAutoSync(1));
        assertThat(run("--timeout", "2s")).isEqualTo(6);
        assertThat(out.toString()).startsWith("timed out: app").contains("still waiting for");
    }

    @Test
    void aLostServerIsExitSix() {
        server.close();
        assertThat(run("--timeout", "2s")).isEqualTo(6);
        assertThat(out.toString()).doesNotContain("live:");
    }

    @Test
    void wrongInputIsSaidBeforeAnythingIsAsked() {
        String whole = commit;
        commit = "main";
        assertThat(run()).isEqualTo(3);
        assertThat(err.toString()).contains("'main' is no commit id");
        commit = whole;
        Stream.of("0m", "10d", "soon")
                .forEach(wrong -> assertThat(run("--timeout", wrong)).isEqualTo(2));
        assertThat(run("--gitops", "https://git.example.org/o.git")).isEqualTo(2);
        assertThat(server.requests()).isEmpty();
    }
}
