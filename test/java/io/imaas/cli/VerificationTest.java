package io.imaas.cli;

import static io.imaas.testing.Texts.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.testing.FastClock;
import io.imaas.testing.Git;
import io.imaas.testing.Loopback;
import io.imaas.testing.TestKey;
import io.imaas.testing.TinyImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked after a rollout decides about the next environment: with a real service, Prometheus' API and Helm. */
class VerificationTest {
    @TempDir
    Path folder;

    private final FastClock clock = new FastClock();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile String fault = "";
    private final AtomicReference<String> replacement = new AtomicReference<>();
    private volatile String value = "0.002";
    private HttpServer server;
    private LoopbackRegistry registry;
    private ImageRef image;

    @BeforeEach
    void world() throws IOException {
        server = Loopback.http();
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            if (!fault.isEmpty()) {
                write(folder, "cluster/faults.yaml", fault);
            }
            String next = replacement.getAndSet(null);
            if (next != null) {
                run("release", "api", "dev", "--image", next, "--version", "1.1.0");
            }
            boolean query = exchange.getRequestURI().getPath().equals("/api/v1/query");
            byte[] body = (query
                            ? "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
                                    + (value.isEmpty()
                                            ? ""
                                            : "{\"metric\":{},\"value\":[1764336000.5,\"" + value + "\"]}")
                                    + "]}}"
                            : "{}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        registry = LoopbackRegistry.start(folder.resolve("registry"), 0);
        image = new TinyImages(ImageRepository.parse(registry.address() + "/acme/orders/api")).push("1.0.0");
        Git.in(folder).run("init", "-q", "--bare", "orders-gitops.git");
        verify("");
        write(
                folder,
                "platform/tenants/orders.yaml",
                "tenant: orders\nowners: [\"@acme/leads\"]\ncontact: orders@example.org\ngitops: file://"
                        + folder.resolve("orders-gitops.git")
                        + "\nquota: {cpu: 4, memory: 8Gi, pods: 9}\nenvironments: [{name: dev}, {name: test}]\n"
                        + "services:\n  - {name: api, repository: https://git.example.org/api.git, type: gateway}\n");
        assertThat(run("onboard").exitCode()).isZero();
        CommandLineRun released = run("release", "api", "dev", "--image", image.toString(), "--version", "1.0.0");
        assertThat(released.exitCode()).as(released.out() + released.err()).isZero();
    }

    @AfterEach
    void end() {
        registry.close();
        server.stop(0);
    }

    @Test
    void whatPassesIsHealthyWithItsEvidenceAndMayGoOn() throws IOException {
        verify(smoke() + errors() + job());
        CommandLineRun plan = run("rollout", "api", "dev", "--dry-run");
        CommandLineRun rollout = run("rollout", "api", "dev");

        assertThat(plan.out()).contains("in dev it is healthy when it is live and verified by smoke, errors, contract");
        assertThat(rollout.exitCode()).as(rollout.out() + rollout.err()).isZero();
        assertThat(record())
                .contains("\"status\":\"healthy\"", "verified by smoke: HTTP 200, sha256:", "verified by errors")
                .contains("verified by contract: job verify-contract-api-");
        assertThat(asked).contains("/dev/api/health?d=" + image.digest().value().replace(":", "%3A"));
        assertThat(asked).contains("/api/v1/query?query=sum%28rate%28e%7Bs%3D%22api%22%7D%5B5m%5D%29%29");
        assertThat(promote().exitCode()).isZero();
    }

    @Test
    void whatAnswersBadlyClosesTheNextGateWithTheReason() throws IOException {
        verify(smoke());
        status = 503;
        CommandLineRun rollout = run("rollout", "api", "dev");

        assertThat(rollout.exitCode()).isEqualTo(1);
        assertThat(rollout.err()).contains("api in dev is degraded: smoke: ", "HTTP 503", "2 times in a row");
        assertThat(record()).contains("\"status\":\"degraded\"", "HTTP 503");
        CommandLineRun refused = promote();
        assertThat(refused.exitCode()).isEqualTo(5);
        assertThat(refused.out()).contains("order: api 1.0.0", "is degraded in dev: smoke: ", "HTTP 503");

        status = 200;
        assertThat(run("rollout", "api", "dev").exitCode()).isZero();
        assertThat(promote().exitCode()).isZero();
    }

    @Test
    void aMeasurementBeyondItsLimitOrWithoutSeriesIsBadAndASilentPrometheusSaysNothing() throws IOException {
        verify(errors());
        value = "0.4";
        assertThat(run("rollout", "api", "dev").err()).contains("errors: it is 0.4, and should be at most 0.01");
        value = "";
        assertThat(run("rollout", "api", "dev").err()).contains("errors: the query finds no series");
        assertThat(record()).contains("the query finds no series").doesNotContain("it is 0.4");
        value = "NaN";
        assertThat(run("rollout", "api", "dev").err()).contains("errors: it is NaN, and should be at most 0.01");
        status = 401;
        CommandLineRun refused = run("rollout", "api", "dev");
        assertThat(refused.exitCode()).isEqualTo(6);
        assertThat(refused.err())
                .contains("api in dev is unknown: errors: ", "it does not answer the query: ", "HTTP 401");
        server.stop(0);
        CommandLineRun silent = run("rollout", "api", "dev");
        assertThat(silent.exitCode()).isEqualTo(6);
        assertThat(silent.err()).contains("api in dev is unknown: errors: ");
        assertThat(record()).contains("\"status\":\"degraded\"", "it is NaN");
    }

    @Test
    void aCheckHoldsForAsLongAsItSoaks() throws IOException {
        verify(smoke() + "    soak: 2m\n");
        assertThat(run("rollout", "api", "dev").exitCode()).isZero();
        assertThat(asked).hasSizeGreaterThan(1);
        assertThat(record()).contains("verified by smoke (2m)");
    }

    @Test
    void whatDegradesWhileItSoaksIsNotWaitedFor() throws IOException {
        verify(smoke() + "    soak: 1h\n");
        fault = "orders-dev/api: crash loop after the first minute\n";
        CommandLineRun rollout = run("rollout", "api", "dev");

        assertThat(rollout.exitCode()).as(rollout.out() + rollout.err()).isEqualTo(1);
        assertThat(rollout.err())
                .contains("api in dev is degraded: it came live, and degraded while it was verified: ")
                .contains("crash loop after the first minute");
        assertThat(record()).contains("\"status\":\"degraded\"");
    }

    @Test
    void whatIsReplacedWhileItSoaksIsNotRecordedAsHealthy() throws IOException {
        verify(smoke() + "    soak: 2m\n");
        replacement.set(new TinyImages(image.repository()).push("1.1.0").toString());
        CommandLineRun rollout = run("rollout", "api", "dev");

        assertThat(rollout.out()).as(rollout.err()).contains("superseded: commit ", " in the place of ");
        assertThat(Git.in(folder.resolve("orders-gitops.git")).run("branch", "--list", "imaas/records"))
                .isEmpty();
    }

    @Test
    void whatIsWrongWithACheckIsToldAtItsPlace() throws IOException {
        verify("  - name: a\n    environments: [dev]\n"
                + "  - name: a\n    environments: [dev]\n    http: {url: 'https://evil.example.org/'}\n    passes: statuss\n"
                + "  - name: b\n    environments: [dev]\n    job: {image: 'docker.io/x/y@sha256:" + "0".repeat(64)
                + "'}\n");
        CommandLineRun run =
                CommandLineRun.of("validate", folder.resolve("platform").toString());

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out() + run.err())
                .contains("a check has one of http, prometheus and job, and this one has 0")
                .contains("the check 'a' is there twice", "'evil.example.org' is not among gateHosts")
                .contains("the image comes from docker.io/x/y");
    }

    private String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private String smoke() {
        return "  - name: smoke\n    environments: [dev]\n    http: {url: 'http://" + host()
                + "/${environment}/${service}/health?d=${digest}'}\n    every: 1s\n    failures: 2\n";
    }

    private String errors() {
        return "  - name: errors\n    environments: [dev]\n    prometheus: {url: 'http://" + host()
                + "', query: 'sum(rate(e{s=\"${service}\"}[5m]))', max: 0.01}\n    every: 1s\n    failures: 1\n";
    }

    private String job() {
        return "  - name: contract\n    environments: [dev]\n    job: {image: '" + image + "', command: [/smoke]}\n"
                + "    every: 1s\n";
    }

    private void verify(String checks) throws IOException {
        write(
                folder,
                "platform/platform.yaml",
                "platform: acme\nregistries: [\"" + registry.address() + "/acme\"]\ngateHosts: ['http://" + host()
                        + "']\n" + (checks.isEmpty() ? "" : "verify:\n" + checks));
    }

    private String record() {
        return TestKey.payload(Git.in(folder.resolve("orders-gitops.git"))
                .run("show", "imaas/records:health/dev/api/" + image.digest().hex() + ".json"));
    }

    private CommandLineRun promote() {
        return run("promote", "api", "dev", "test");
    }

    private CommandLineRun run(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                command,
                "--platform",
                folder.resolve("platform").toString(),
                "--cache",
                folder.resolve("cache").toString(),
                "--cluster-dir",
                folder.resolve("cluster").toString(),
                "--actor",
                "@ann"));
        if (command.equals("release") || command.equals("promote")) {
            arguments.subList(5, 7).clear();
        }
        return CommandLineRun.of(
                clock, Stream.concat(arguments.stream(), Stream.of(more)).toArray(String[]::new));
    }
}
