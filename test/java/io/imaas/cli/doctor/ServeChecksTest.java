package io.imaas.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.imaas.cli.doctor.CheckResult.Status;
import io.imaas.model.identity.Secret;
import io.imaas.testing.Loopback;
import io.imaas.testing.ManualClock;
import io.imaas.testing.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code imaas doctor --url}: what of a server's settings will fail, and a way to mend each. */
class ServeChecksTest {
    @TempDir
    Path folder;

    private final ServeOptions options = new ServeOptions();

    private CheckResult found(String name) {
        List<CheckResult> all = new Examination(Duration.ofMinutes(1))
                .of(new ServeChecks(
                                options,
                                false,
                                new Web(),
                                new ManualClock(Instant.now().toString()))
                        .all());
        assertThat(all)
                .filteredOn(one -> one.status() == Status.FAIL || one.status() == Status.WARN)
                .allSatisfy(one -> assertThat(one.fix()).as(one.found()).isNotEmpty());
        return all.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void aSecretMustBeThereAndLong() {
        assertThat(found("Secret of web hooks").status()).isEqualTo(Status.FAIL);
        assertThat(found("Secret of web hooks").fix()).contains("export IMAAS_WEBHOOK_SECRET=");
        options.secret = new Secret("short");
        assertThat(found("Secret of web hooks").status()).isEqualTo(Status.WARN);
        options.secret = new Secret("0123456789abcdef");
        assertThat(found("Secret of web hooks").status()).isEqualTo(Status.OK);
    }

    @Test
    void theFolderOfTheDataMustBeOneThatCanBeWritten() throws IOException {
        options.data = folder.resolve("data");
        assertThat(found("Data folder").status()).isNotEqualTo(Status.FAIL);
        options.data = Files.writeString(folder.resolve("file"), "").resolve("data");
        assertThat(found("Data folder").status()).isEqualTo(Status.FAIL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"amqp://imaas:geheim@127.0.0.1:1/", "http://broker", "::"})
    void aBrokerThatIsNotReachedIsToldWithoutItsPassword(String address) {
        options.events = new Secret(address);
        CheckResult found = found("Broker of events");
        assertThat(found.status()).isEqualTo(Status.FAIL);
        assertThat(found.found() + found.fix()).doesNotContain("geheim");
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "IMAAS_RABBITMQ", matches = "amqp://guest:guest@.+")
    void aRealBrokerSaysWhatItIsAndWhyItLetsNobodyIn() {
        String broker = System.getenv("IMAAS_RABBITMQ");
        options.events = new Secret(broker);
        assertThat(found("Broker of events").found()).contains("RabbitMQ 3", "lets us in");
        options.events = new Secret(broker.replace("guest:guest", "guest:geheim"));
        assertThat(found("Broker of events").status()).isEqualTo(Status.FAIL);
        assertThat(found("Broker of events").found()).contains("ACCESS_REFUSED").doesNotContain("geheim");
        options.events = new Secret(broker + "/nowhere");
        assertThat(found("Broker of events").found()).contains("vhost", "nowhere");
    }

    @Test
    void aProviderIsAskedForItsKeysAndItsTime() {
        assertThat(found("Identity provider").found()).contains("nobody can log in");
        try (TestIssuer issuer = new TestIssuer()) {
            options.issuer = issuer.address();
            assertThat(found("Identity provider").found()).contains("with 1 keys", "device: yes");
            assertThat(found("Clock of the identity provider").status()).isEqualTo(Status.OK);
            assertThat(found("Address for people").found()).contains("where to send people back");
            options.issuer = issuer.address() + "/";
            assertThat(found("Identity provider").found()).contains("names another issuer");
        }
        CheckResult gone = found("Identity provider");
        assertThat(gone.status()).isEqualTo(Status.FAIL);
        assertThat(gone.fix()).contains("/.well-known/openid-configuration");
        options.issuer = "http://login.example";
        assertThat(found("Identity provider").found()).contains("not reached by https");
    }

    @Test
    void theAddressForPeopleMustLeadToTheServer() throws IOException {
        HttpServer server = Loopback.http();
        server.createContext("/imaas/healthz", exchange -> {
            exchange.sendResponseHeaders(200, 3);
            exchange.getResponseBody().write("ok\n".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        String host = "http://127.0.0.1:" + server.getAddress().getPort();
        try {
            options.url = URI.create(host + "/imaas/");
            assertThat(found("Address for people").status()).isEqualTo(Status.OK);
            options.url = URI.create(host);
            assertThat(found("Address for people").found()).contains("HTTP 404 and is not 'imaas serve'");
        } finally {
            server.stop(0);
        }
        assertThat(found("Address for people").status()).isEqualTo(Status.WARN);
        options.url = URI.create("http://imaas.example");
        assertThat(found("Address for people").found()).contains("not reached by https");
    }
}
