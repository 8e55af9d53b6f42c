package io.imaas.adapter.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.adapter.management.Expectation.ExpectedCar;
import io.imaas.adapter.management.SimulatedRuntime.Answer;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.model.rollout.ProbeResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a local server that answers as the runtime does (bodies: test/fixtures/management), and as it should not. */
@Execution(ExecutionMode.CONCURRENT)
class ManagementProbeTest {
    private static final ManagementAccess ACCESS =
            new ManagementAccess("admin", new Secret("päss"), "", "", Duration.ofSeconds(2), Duration.ofMillis(1500));

    private final SimulatedRuntime runtime = SimulatedRuntime.plain("admin", "päss");

    @AfterEach
    void stop() {
        runtime.close();
    }

    private ProbeResult ask(String... cars) {
        return ask(ACCESS, runtime.url(), cars);
    }

    private static ProbeResult ask(ManagementAccess access, URI url, String... cars) {
        List<ExpectedCar> expected =
                List.of(cars).stream().map(ExpectedCar::parse).toList();
        try (ManagementProbe probe =
                new ManagementProbe(access, target -> Optional.of(new Expectation(url, expected)))) {
            return probe.ask(null);
        }
    }

    private static String fixture(String name) {
        try (InputStream in = ManagementProbeTest.class.getResourceAsStream("/management/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theExpectedCarIsActiveAndNoneIsFaulty() {
        runtime.lists(fixture("active.json"));
        assertThat(ask("order-api:1.2.0"))
                .isEqualTo(new ProbeResult.Well(
                        "the Micro Integrator has loaded CAR order-api 1.2.0, and none is faulty"));
        assertThat(runtime.requests()).containsExactly("GET /login", "GET /applications");
        assertThat(ask("order-api", "shared-resources:1.0.0")).isInstanceOf(ProbeResult.Well.class);
    }

    @Test
    void aFaultyCarIsNamedWithItsError() {
        runtime.lists(fixture("faulty.json"));
        assertThat(faults(ask("order-api:1.2.0")))
                .containsExactly(
                        "CAR order-api 1.2.0 is faulty: Error occurred while deploying: unexpected end tag",
                        "CAR broken_1.0.0 is faulty",
                        "CAR order-api 1.2.0 is not loaded; active: shared-resources 1.0.0");
    }

    @Test
    void aReadyButEmptyRuntimeIsNotWell() {
        runtime.lists("{\"totalCount\":0,\"activeCount\":0,\"activeList\":[],\"faultyCount\":0,\"faultyList\":[]}");
        assertThat(faults(ask("order-api:1.2.0"))).containsExactly("CAR order-api 1.2.0 is not loaded; active: none");
    }

    @Test
    void anotherVersionIsNotTheExpectedOne() {
        runtime.lists(fixture("active.json"));
        assertThat(faults(ask("order-api:1.3.0")).get(0)).contains("order-api 1.3.0 is not loaded", "order-api 1.2.0");
    }

    @Test
    void aCountOfFaultyCarsIsBelievedThoughNoneIsListed() {
        runtime.lists("{\"activeList\":[{\"name\":\"a\",\"version\":\"1\"}],\"faultyCount\":2,\"faultyList\":[]}");
        assertThat(faults(ask("a:1"))).containsExactly("2 faulty CAR(s)");
    }

    @Test
    void aRuntimeOfOldThatTellsOfNoFaultyCarIsBelievedInWhatItLists() {
        runtime.lists(fixture("of-old.json"));
        assertThat(ask("order-api:1.2.0"))
                .isEqualTo(new ProbeResult.Well("the Micro Integrator has loaded CAR order-api 1.2.0; "
                        + "this version does not tell of faulty ones"));
        assertThat(faults(ask("order-sync:1.0.0")).get(0)).contains("not loaded");
    }

    @Test
    void aTokenThatRanOutIsRenewedOnce() {
        runtime.lists(fixture("active.json"));
        try (ManagementProbe probe = new ManagementProbe(
                ACCESS,
                target -> Optional.of(new Expectation(runtime.url(), List.of(ExpectedCar.parse("order-api")))))) {
            assertThat(probe.ask(null)).isInstanceOf(ProbeResult.Well.class);
            assertThat(probe.ask(null)).isInstanceOf(ProbeResult.Well.class);
            runtime.forgets(0);
            assertThat(probe.ask(null)).isInstanceOf(ProbeResult.Well.class);
        }
        assertThat(runtime.requests())
                .containsExactly(
                        "GET /login",
                        "GET /applications",
                        "GET /applications",
                        "GET /applications",
                        "GET /login",
                        "GET /applications");
    }

    @Test
    void severalPodsThatDoNotKnowEachOthersTokensAreAskedAgainButNotForEver() {
        runtime.lists(fixture("active.json")).forgets(2);
        assertThat(ask("order-api:1.2.0")).isInstanceOf(ProbeResult.Well.class);
        runtime.forgets(1_000);
        assertThat(silence(ask("order-api:1.2.0"))).contains("takes none of the tokens");
        assertThat(runtime.requests()).hasSizeLessThan(20);
    }

    @Test
    void aWrongPasswordIsDeniedAndNotPrinted() {
        ProbeResult result = ask(ManagementAccess.of("admin", new Secret("wrong-password")), runtime.url(), "a");
        assertThat(result).isInstanceOf(ProbeResult.Denied.class);
        assertThat(result.toString()).contains("refuses user 'admin'").doesNotContain("wrong-password");
    }

    @Test
    void whoMayLogInButNotReadIsDenied() {
        runtime.answers(new Answer(403, ""));
        assertThat(ask("a")).isInstanceOf(ProbeResult.Denied.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | <html>a proxy</html> | does not answer with JSON",
                "200 | [] | gives no list",
                "200 | {\"activeList\":\"x\",\"faultyList\":3} | gives no list",
                "200 | {\"error\":\"Error while getting the Carbon Application List\"} | Error while getting",
                "200 | '' | gives no list",
                "200 | null | gives no list",
                "500 | '' | HTTP 500",
                "503 | {} | HTTP 503",
                "404 | not here | HTTP 404",
                "302 | http://127.0.0.1:1/steal | HTTP 302",
            })
    void whatSaysNothingIsSilenceAndNeverWell(int code, String body, String reason) {
        runtime.answers(new Answer(code, body));
        assertThat(silence(ask("a"))).contains(reason).contains(runtime.url().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{}", "nonsense", "{\"AccessToken\":\"\"}", "{\"AccessToken\":\"a\\r\\nX-Evil: b\"}", "[1]"})
    void aLoginWithoutAUsableTokenIsSilence(String body) {
        runtime.answersLogin(new Answer(200, body));
        assertThat(silence(ask("a"))).contains("login");
    }

    @Test
    void aDeepOrEndlessAnswerIsGivenUp() {
        runtime.lists("[".repeat(100_000));
        assertThat(silence(ask("a"))).contains("does not answer with JSON");
        runtime.lists("{\"activeList\":[" + "{\"name\":\"a\"},".repeat(100_000) + "{}],\"faultyList\":[]}");
        assertThat(silence(ask("a"))).contains("more than");
    }

    @Test
    void namesOfSomebodyElseStayOnOneShortLine() {
        runtime.lists("{\"activeList\":[],\"faultyCount\":50,\"faultyList\":["
                + ("{\"name\":\"x\\n\\u001b[31mFAKE: all is well" + "y".repeat(5_000) + "\"},").repeat(49)
                + "{\"name\":7}]}");
        List<String> faults = faults(ask());
        assertThat(faults)
                .hasSize(6)
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(300).doesNotContain("\n", "\u001b"));
        assertThat(faults.get(5)).isEqualTo("45 more faulty CAR(s)");
    }

    @Test
    void anApiThatIsNotThereIsSilence() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThat(silence(ask(ACCESS, URI.create("http://127.0.0.1:" + port), "a")))
                .contains("can't be reached");
    }

    @Test
    void anApiThatAcceptsAndSaysNothingIsGivenUpInTime() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertThat(silence(ask(ACCESS, URI.create("http://127.0.0.1:" + mute.getLocalPort()), "a")))
                    .contains("does not answer in time");
        }
    }

    @Test
    void aCertificateThatSignedItselfIsTrustedOnlyWhenItIsGiven(@TempDir Path folder) throws Exception {
        SSLContext context = context(folder, "localhost");
        String pem = pem(folder);
        try (SimulatedRuntime secured =
                SimulatedRuntime.secured(context, "admin", "päss").lists(fixture("active.json"))) {
            assertThat(silence(ask(ACCESS, secured.url(), "order-api"))).contains("does not trust its certificate");
            assertThat(silence(ask(ACCESS.trusting(pem, ""), secured.url(), "order-api")))
                    .contains("its certificate is for another host name", "127.0.0.1");
            assertThat(ask(ACCESS.trusting(pem, "localhost"), secured.url(), "order-api"))
                    .isInstanceOf(ProbeResult.Well.class);
            assertThat(silence(ask(ACCESS.trusting(pem, "elsewhere"), secured.url(), "order-api")))
                    .contains("its certificate is for another host name");
            assertThat(silence(ask(ACCESS.trusting("", "localhost"), secured.url(), "order-api")))
                    .contains("does not trust its certificate");
        }
    }

    @Test
    void whatIsNoCertificateIsTheUsersMistake() {
        assertThatThrownBy(() -> ask(ACCESS.trusting("nonsense", ""), runtime.url(), "a"))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("can't be read");
    }

    @Test
    void aTargetOfWhichNothingIsExpectedIsNotAsked() {
        try (ManagementProbe probe = new ManagementProbe(ACCESS, target -> Optional.empty())) {
            assertThat(probe.ask(null)).isEqualTo(new ProbeResult.Well(""));
        }
        assertThat(runtime.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://h", "https://u:secret@h:9164", "order-api:9164", "https://h/?x=1", "https:///x"})
    void aUrlThatIsNoneIsRefusedWithoutItsPassword(String url) {
        assertThatThrownBy(() -> new Expectation(URI.create(url), List.of()))
                .isInstanceOf(FailureException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void theWordManagementMayBeWrittenOrLeftOut() {
        assertThat(new Expectation(URI.create("https://h:9164/mi/management/"), List.of()).url())
                .isEqualTo(URI.create("https://h:9164/mi"));
    }

    private static List<String> faults(ProbeResult result) {
        assertThat(result).isInstanceOf(ProbeResult.Faulty.class);
        return ((ProbeResult.Faulty) result).faults();
    }

    private static String silence(ProbeResult result) {
        assertThat(result).isInstanceOf(ProbeResult.Silent.class);
        return ((ProbeResult.Silent) result).reason();
    }

    private static SSLContext context(Path folder, String name) throws Exception {
        Path file = folder.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "mi",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:" + name,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = store(folder);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static KeyStore store(Path folder) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("store.p12"))) {
            store.load(in, "changeit".toCharArray());
        }
        return store;
    }

    private static String pem(Path folder) throws Exception {
        byte[] certificate = store(folder).getCertificate("mi").getEncoded();
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate)
                + "\n-----END CERTIFICATE-----\n";
    }
}
