package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.cli.Main;
import io.imaas.cli.remote.Remote;
import io.imaas.cli.settings.Settings;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Actor;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.PlanRequest.ChartRequest;
import io.imaas.model.request.PlanRequest.PromoteRequest;
import io.imaas.model.request.PlanRequest.ResumeRequest;
import io.imaas.model.request.PlanRequest.RollbackRequest;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.Plan;
import io.imaas.port.EventLog;
import io.imaas.report.Json;
import io.imaas.report.PlanText;
import io.imaas.report.Terminal;
import io.imaas.testing.Await;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code imaas --server URL}: the same commands, carried out by a server. */
class RemoteTest extends ServedWorld {
    /** {@code imaas --server URL ...}, by somebody whose token is {@code a}. */
    private String asked(String... arguments) {
        StringWriter out = new StringWriter();
        CommandLine line = Main.commandLine(Settings.of(Map.of(), folder, folder));
        line.setOut(new PrintWriter(out));
        CommandLine.ParseResult parsed = line.parseArgs(arguments);
        new Remote(server.address().toString(), Map.of("IMAAS_TOKEN", "a"), world.clock(), parsed.subcommand()).run();
        return out.toString();
    }

    @Test
    void aReleaseIsWaitedForUntilItsRecordIsThereOrTheTimeIsOver() throws Exception {
        assertThatThrownBy(() -> asked("wait", "order-api", "dev", "--timeout", "1s"))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("order-api is not live in dev after 1s");
        assertThatThrownBy(() -> asked("wait", "order-api", "nowhere")).hasMessageContaining("nowhere");
        CompletableFuture<String> waiting =
                CompletableFuture.supplyAsync(() -> asked("wait", "order-api", "dev", "--for", "healthy"));
        assertThat(waiting).isNotDone();
        healthy();
        assertThat(waiting.join()).isEqualTo("order-api is healthy in dev\n");
        assertThat(send("GET", "/api/v1/tenants/orders/services/order-api/condition?environment=dev&for=green", "")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void theCommandLineAsksTheServerAndSaysTheSame() throws Exception {
        world.released("dev", world.release("2.0.0", null));
        String matrix = asked("status");
        assertThat(matrix).startsWith("service").contains("order-api", "1.0.0");
        assertThat(asked("status", "order-api", "--tenant", "orders")).isEqualTo(matrix);
        assertThat(asked("status", "order-report")).doesNotContain("order-api");
        assertThat(asked("status", "-o", "json")).contains("\"matrix\"");
        assertThat(asked("inbox")).isNotBlank().isEqualTo(asked("inbox", "--tenant", "orders"));
        assertThat(asked("history", "order-api", "dev")).contains("1.0.0 -> 2.0.0");
        assertThat(asked("evidence", "order-api", "dev")).contains("payload");
        assertThat(asked("evidence", "--since", "2020-01-01", "--until", "2030-01-01"))
                .startsWith("orders, 2020-01-01T00:00:00Z to 2030-01-01T00:00:00Z: ")
                .doesNotContain(": 0 changes");
        assertThatThrownBy(() -> asked("evidence", "--since", "2020-01-01", "--csv", "f.csv"))
                .hasMessageContaining("--csv does not go with --server");
        assertThat(asked("rollback", "order-api", "dev", "--reason", "it fails"))
                .startsWith("title: ")
                .contains("status: SUCCEEDED", "commit: ");
        assertThat(world.git("dev", "release.yaml")).contains("1.0.0");
        assertThat(asked("history", "order-api")).contains("reason: it fails");
        assertThat(asked("resume", "order-api", "dev")).contains("SUCCEEDED");
        healthy();
        assertThat(asked("promote", "order-api", "dev", "test", "--reason", "friday"))
                .contains("SUCCEEDED");
        assertThat(world.git("test", "release.yaml")).contains("1.0.0");
        assertThat(asked("diff", "order-api", "dev", "test")).startsWith("order-api: dev has 1.0.0");
        assertThat(asked("promote", "--chart", "dev")).contains("title: Promote the chart of orders", "SUCCEEDED");
    }

    @Test
    void whatTheServerRefusesIsToldAsTheCommandWouldTellIt() {
        assertThatThrownBy(() -> asked("promote", "order-api", "dev", "test"))
                .isInstanceOfSatisfying(FailureException.class, refused -> {
                    assertThat(refused.failure().kind()).isEqualTo(FailureKind.POLICY);
                    assertThat(refused.failure().what()).contains("not yet seen healthy");
                });
        assertThatThrownBy(() -> asked("status", "--tenant", "billing"))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        refused -> assertThat(refused.failure().kind()).isEqualTo(FailureKind.INPUT));
        assertThatThrownBy(() -> asked("promote", "order-api", "dev", "test", "--no-image-check"))
                .isInstanceOf(CommandLine.ParameterException.class)
                .hasMessageContaining("--image-check does not go with --server");
        assertThatThrownBy(() -> asked("promote", "order-api", "dev", "test", "--full"))
                .hasMessageContaining("--full goes with --dry-run");
        assertThatThrownBy(() -> asked("promote", "--chart", "dev", "--assume-healthy"))
                .hasMessageContaining("--assume-healthy does not go with --server");
        assertThatThrownBy(() -> asked("status", "-o", "yaml")).hasMessageContaining("text or json does");
        assertThatThrownBy(() -> asked("lint")).hasMessageContaining("leave --server out for 'lint'");
        assertThatThrownBy(() -> asked("history")).hasMessageContaining("name the service");
    }

    @Test
    void whatWasDoneIsSaidEvenIfTheLogCanNotKeepIt() throws Exception {
        healthy();
        stopServing();
        EventLog whole = log;
        log = (EventLog) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {EventLog.class},
                (proxy, method, given) ->
                        method.getName().equals("append") && given[0].toString().contains("ended")
                                ? CompletableFuture.failedFuture(
                                        FailureException.external("the disk is full", "", "", Duration.ofSeconds(1)))
                                : method.invoke(whole, given));
        serve();
        Await.until(() -> body("GET", "/api/v1/tenants/orders").has("matrix"));
        assertThatThrownBy(() -> asked("promote", "order-api", "dev", "test"))
                .isInstanceOfSatisfying(FailureException.class, unkept -> {
                    assertThat(unkept.failure().kind()).isEqualTo(FailureKind.EXTERNAL);
                    assertThat(unkept.failure().what()).contains("the request ended, and the log", "the disk is full");
                    assertThat(unkept.failure().suggestion()).contains("look at what runs there");
                });
        assertThat(world.has("test")).isTrue();
    }

    @Test
    void whoHasNoTokenIsToldSoWithTheExitCodeOfInput() {
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine(Settings.of(Map.of(), folder, folder));
        line.setErr(new PrintWriter(err));
        assertThat(line.execute("--server", server.address().toString(), "status"))
                .isEqualTo(3);
        assertThat(err.toString()).contains("log in first", "imaas login " + server.address());
        assertThat(line.execute("--server", "http://elsewhere.example", "status"))
                .isEqualTo(3);
        assertThat(err.toString()).contains("not reached by https");
    }

    @Test
    void aDryRunShowsTheServersPlanAsOnesOwnAndChangesNothing() throws Exception {
        world.released("dev", world.release("2.0.0", null));
        List<String[]> all = List.of(
                new String[] {"promote", "order-api", "dev", "test", "--reason", "friday"},
                new String[] {"rollback", "order-api", "dev"},
                new String[] {"resume", "order-api", "dev"},
                new String[] {"promote", "--chart", "dev", "--reason", "friday"});
        Actor rita = new Actor("@rita", Actor.Proof.TOKEN, List.of("@acme/release-managers"));
        ServiceName api = new ServiceName("order-api");
        EnvironmentName dev = new EnvironmentName("dev");
        List<PlanRequest> requests = List.of(
                new PromoteRequest(List.of(api), dev, new EnvironmentName("test"), null, "friday", false, ""),
                new RollbackRequest(api, dev, "", ""),
                new ResumeRequest(api, dev),
                new ChartRequest(List.of(dev), "friday", ""));
        String before = world.git("dev", "release.yaml");
        for (int i = 0; i < all.size(); i++) {
            Plan own = imaas(catalog.get())
                    .committing()
                    .plan(world.tenant(), requests.get(i), rita)
                    .plan();
            assertThat(asked(with(all.get(i), "--dry-run"))).isEqualTo(PlanText.of(own));
            assertThat(asked(with(all.get(i), "--dry-run", "-o", "json"))).isEqualTo(Json.pretty(own) + "\n");
            assertThat(asked(with(all.get(i), "--dry-run", "--full")))
                    .isEqualTo(PlanText.of(own, new Terminal(false, false), true));
        }
        String leads = "@acme/release-managers";
        assertThatThrownBy(() -> asked("approve", "order-api", "test", "--as", leads, "--dry-run"))
                .hasMessageContaining("is not an approver of test");
        assertThat(world.git("dev", "release.yaml")).isEqualTo(before);
        assertThat(log.after(0, 100).toString()).doesNotContain("request.accepted");
        assertThat(execute("--server", server.address().toString(), "promote", "order-api", "dev", "test", "--dry-run"))
                .contains("imaas login");
    }

    private static String[] with(String[] words, String... more) {
        return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void aLoginIsTriedAndKeptAndThenNothingMoreIsGiven() {
        String address = server.address().toString();
        assertThat(login("wrong", address)).contains("the token is not accepted here");
        assertThat(execute("--server", address, "status")).contains("imaas login " + address);
        assertThat(login("a", address + "/")).contains("Logged in to " + address + "; kept in ", "logins.json");
        assertThat(execute("--server", address, "status")).startsWith("service").contains("order-api");
        assertThat(execute("logout", address)).contains("Logged out of " + address);
        assertThat(execute("--server", address, "status")).contains("imaas login " + address);
    }

    private String login(String token, String address) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(token.getBytes(StandardCharsets.UTF_8)));
        try {
            return execute("login", address, "--token-stdin");
        } finally {
            System.setIn(before);
        }
    }

    private String execute(String... arguments) {
        StringWriter said = new StringWriter();
        CommandLine line = Main.commandLine(Settings.of(
                Map.of("HOME", folder.resolve("home").toString(), "PATH", ""), folder.resolve("home"), folder));
        line.setOut(new PrintWriter(said));
        line.setErr(new PrintWriter(said));
        line.execute(arguments);
        return said.toString();
    }
}
