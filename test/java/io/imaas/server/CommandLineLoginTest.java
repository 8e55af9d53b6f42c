package io.imaas.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import io.imaas.adapter.oidc.OidcProvider;
import io.imaas.adapter.oidc.OidcSettings;
import io.imaas.cli.Main;
import io.imaas.cli.settings.Settings;
import io.imaas.model.identity.Secret;
import io.imaas.testing.Await;
import io.imaas.testing.ManualClock;
import io.imaas.testing.TestIssuer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code imaas login} at a server with an identity provider: with a browser, by device, and what comes after. */
class CommandLineLoginTest {
    private static final Pattern ADDRESS = Pattern.compile("Log in at 127.0.0.1 in your browser: (\\S+)\n");

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock(Instant.now().toString());
    private TestIssuer issuer;
    private TwoTenants served;

    @BeforeEach
    void start() {
        issuer = new TestIssuer().person("ann", List.of("acme:orders-leads"));
        served = serve(Optional.of(TestIssuer.COMMAND_LINE));
    }

    private OidcSettings settings(Optional<String> commandLine) {
        return new OidcSettings(
                issuer.address(),
                TestIssuer.CLIENT,
                Optional.of(new Secret(TestIssuer.SECRET)),
                "preferred_username",
                "groups",
                commandLine);
    }

    private TwoTenants serve(Optional<String> commandLine) {
        return new TwoTenants(
                folder, null, Optional::empty, Optional.of(new OidcProvider(settings(commandLine), clock)));
    }

    @AfterEach
    void stop() {
        served.close();
        issuer.close();
    }

    private String address() {
        return served.server.address().toString();
    }

    private String run(Map<String, String> more, StringWriter said, String... arguments) {
        Map<String, String> environment = new HashMap<>(Map.of("HOME", folder.toString(), "PATH", ""));
        environment.putAll(more);
        CommandLine line = Main.commandLine(Settings.of(environment, folder, folder, clock));
        line.setOut(new PrintWriter(said, true));
        line.setErr(new PrintWriter(said, true));
        int code = line.execute(arguments);
        return said + "exit " + code;
    }

    private String run(String... arguments) {
        return run(Map.of("SSH_CONNECTION", "here"), new StringWriter(), arguments);
    }

    private String tenants() {
        return run("--server", address(), "inbox", "-o", "json");
    }

    private String kept() throws Exception {
        return Files.readString(folder.resolve(".config/imaas/logins.json"));
    }

    @Test
    void aBrowserComesBackAndCommandsNeedNothingMore() throws Exception {
        assertThat(tenants()).contains("imaas login " + address(), "exit 3");
        StringWriter said = new StringWriter();
        CompletableFuture<String> login =
                CompletableFuture.supplyAsync(() -> run(Map.of("BROWSER", "/bin/true"), said, "login", address()));
        Await.until(() -> ADDRESS.matcher(said.toString()).find() || login.isDone());
        Matcher found = ADDRESS.matcher(said.toString());
        assertThat(found.find()).as(said.toString()).isTrue();
        HttpClient browser = HttpClient.newHttpClient();
        URI back = TestIssuer.location(
                browser.send(HttpRequest.newBuilder(URI.create(found.group(1))).build(), BodyHandlers.discarding()));
        // What knows nothing of the attempt ends nothing.
        URI foreign = URI.create("http://127.0.0.1:" + back.getPort() + "/callback?code=x&state=y");
        assertThat(browser.send(HttpRequest.newBuilder(foreign).build(), BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(400);
        URI ours = URI.create("http://127.0.0.1:" + back.getPort() + "/callback?" + back.getRawQuery());
        assertThat(browser.send(HttpRequest.newBuilder(ours).build(), BodyHandlers.ofString())
                        .body())
                .contains("Go on at the command line");
        assertThat(login.join()).contains("Logged in to " + address(), "exit 0");
        assertThat(tenants()).contains("\"total\"", "exit 0");
        assertThat(run("logout", address())).contains("exit 0");
        assertThat(tenants()).contains("imaas login " + address());
    }

    @Test
    void aLoginByDeviceIsWaitedForAndRefreshedUntilTheProviderForgetsIt() throws Exception {
        issuer.confirmedAfter(3);
        assertThat(run("login", address()))
                .contains("Open " + issuer.address() + "/confirm in any browser, and enter the code WDJB-MJHT")
                .contains("Logged in to " + address(), "exit 0");
        String first = kept();
        assertThat(tenants()).contains("exit 0");
        assertThat(kept()).isEqualTo(first);

        clock.pause(Duration.ofHours(1));
        assertThat(tenants()).contains("\"total\"", "exit 0");
        assertThat(kept()).as("the provider gave another one to refresh by").isNotEqualTo(first);

        issuer.forget();
        assertThat(tenants()).contains("your login has expired", "imaas login " + address(), "exit 3");
    }

    @Test
    void aLogoutEndsTheLoginAtTheProviderToo() throws Exception {
        assertThat(run("login", address())).contains("exit 0");
        assertThat(issuer.logins()).isEqualTo(1);
        assertThat(run("logout", address())).contains("Logged out of " + address() + " and of 127.0.0.1\n", "exit 0");
        assertThat(issuer.logins()).isZero();
        assertThat(run("logout", address())).contains("no login is kept for it", "exit 3");
    }

    @Test
    void whereTheProviderCannotBeAskedTheLoginIsForgottenHere() throws Exception {
        issuer.withoutRevocation();
        assertThat(run("login", address())).contains("exit 0");
        assertThat(run("logout", address())).contains("; 127.0.0.1 offers no revocation", "exit 0");
        assertThat(run("login", address())).contains("exit 0");
        issuer.close();
        assertThat(run("logout", address()))
                .contains("; but not at the identity provider", "End the session there", "exit 0");
        assertThat(kept()).doesNotContain(address());
    }

    /** Else whoever runs the second server could act at the first one with what people send there. */
    @Test
    void aServerThatNamesTheClientOfAnotherGetsNoLogin() throws Exception {
        assertThat(run("login", address())).contains("exit 0");
        String first = address();
        try (TwoTenants other = new TwoTenants(
                Files.createDirectory(folder.resolve("other")),
                null,
                Optional::empty,
                Optional.of(new OidcProvider(settings(Optional.of(TestIssuer.COMMAND_LINE)), clock)))) {
            String second = other.server.address().toString();
            assertThat(run("login", second))
                    .contains("it names the client of " + first + " (" + TestIssuer.COMMAND_LINE + " at "
                            + issuer.address())
                    .contains("imaas serve --oidc-cli-client", "imaas logout " + first, "exit 5");
            assertThat(issuer.logins()).isEqualTo(1);
            assertThat(run("login", first)).as("the same server again").contains("exit 0");
            assertThat(run("logout", first)).contains("exit 0");
            assertThat(run("login", second)).contains("exit 0");
        }
    }

    @Test
    void whatNobodyConfirmsEndsWithoutALogin() {
        issuer.confirmedAfter(1_000);
        assertThat(run("login", address(), "--device")).contains("nobody confirmed the code in time", "exit 5");
        assertThat(folder.resolve(".config/imaas/logins.json")).doesNotExist();
    }

    @Test
    void aServerWhoseProviderKnowsNoCommandLinesSaysWhatToDo() {
        served.close();
        served = serve(Optional.empty());
        assertThat(run("login", address())).contains("no identity provider", "--token-stdin", "--oidc-cli-client");
    }

    /** What a bearer token must be. */
    @Test
    void onlyATokenOfTheProviderForCommandLinesCounts() {
        String good = token(told -> told);
        assertThat(asked(good)).isEqualTo(200);
        assertThat(served.send(served.to("/api/v1/tenants").header("Authorization", "Bearer " + good))
                        .body())
                .contains("orders")
                .doesNotContain("billing");
        assertThat(asked(token(told -> told.audience(TestIssuer.CLIENT)))).isEqualTo(401);
        assertThat(asked(token(told -> told.audience("another")))).isEqualTo(401);
        List<String> both = List.of(TestIssuer.COMMAND_LINE, "another");
        assertThat(asked(token(told -> told.audience(both)))).isEqualTo(401);
        assertThat(asked(token(told -> told.audience(both).claim("azp", TestIssuer.COMMAND_LINE))))
                .isEqualTo(401);
        assertThat(asked(token(told -> told.issuer("http://127.0.0.1:1")))).isEqualTo(401);
        assertThat(asked(token(
                        told -> told.expirationTime(Date.from(Instant.now().minusSeconds(3_600))))))
                .isEqualTo(401);
        assertThat(asked(token(told -> told.claim("preferred_username", null)))).isEqualTo(401);
        assertThat(asked(TestIssuer.forged(claims().build()))).isEqualTo(401);
        assertThat(asked(good.substring(0, good.lastIndexOf('.') + 1))).isEqualTo(401);
        assertThat(asked("a.b.c")).isEqualTo(401);
        assertThat(asked("a".repeat(20_000))).isIn(401, 431);
        issuer.close();
        served.close();
        served = serve(Optional.of(TestIssuer.COMMAND_LINE));
        assertThat(asked(good)).as("the provider is down").isEqualTo(503);
    }

    private int asked(String token) {
        return served.send(served.to("/api/v1/tenants").header("Authorization", "Bearer " + token))
                .statusCode();
    }

    private String token(UnaryOperator<JWTClaimsSet.Builder> changed) {
        return issuer.signed(changed.apply(claims()).build());
    }

    private JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(issuer.address())
                .audience(TestIssuer.COMMAND_LINE)
                .subject("1")
                .issueTime(Date.from(Instant.now()))
                .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                .claim("preferred_username", "ann")
                .claim("groups", List.of("acme:orders-leads"));
    }
}
