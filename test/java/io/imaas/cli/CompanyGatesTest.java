package io.imaas.cli;

import static io.imaas.testing.Texts.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.imaas.adapter.system.SystemClock;
import io.imaas.port.Clock;
import io.imaas.testing.FastClock;
import io.imaas.testing.Git;
import io.imaas.testing.Loopback;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a company demands besides, on the whole way of {@code imaas promote}: a change request, and admission policies. */
class CompanyGatesTest {
    private static final String IMAGE = "registry.example.org/imaas/orders/api@sha256:" + "7".repeat(64);

    @TempDir
    Path folder;

    private final Map<String, String> approvals = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private Answering instead = null;
    private Clock clock = new SystemClock();
    private HttpServer server;
    private Git git;

    private interface Answering {
        void to(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void begin() throws IOException {
        server = Loopback.http();
        server.createContext("/", this::answer);
        server.start();
        CommandLineRun.bareRepository(folder);
        git = Git.in(folder.resolve("orders-gitops.git"));
        write(
                folder,
                "platform/tenants/orders.yaml",
                "tenant: orders\nowners: [\"@acme/leads\"]\ncontact: orders@example.org\ngitops: file://"
                        + folder.resolve("orders-gitops.git")
                        + "\nquota: {cpu: 8, memory: 16Gi, pods: 40}\nservices:\n  - name: api\n"
                        + "    repository: https://git.example.org/api.git\n    type: gateway\n");
        platform("");
        Git.in(folder).run("clone", "-q", "orders-gitops.git", "work");
        Git work = Git.in(folder.resolve("work"));
        work.run("checkout", "-q", "--orphan", "dev");
        write(folder, "work/services/api/values.yaml", "tenant: orders\nservice: api\ntype: gateway\n");
        work.run("add", "-A");
        work.run("-c", "user.name=tess", "-c", "user.email=t@example.org", "commit", "-q", "-m", "values");
        work.run("push", "-q", "origin", "dev");
        CommandLineRun run = run("release", "api", "dev", "--image", IMAGE, "--version", "1.0.0");
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** As the Table API of ServiceNow answers. */
    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readNBytes(10_000), StandardCharsets.UTF_8);
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        if (instead != null) {
            instead.to(exchange);
        } else if (exchange.getRequestMethod().equals("POST")) {
            JsonNode change = new ObjectMapper().readTree(body);
            approvals.put(change.get("correlation_id").asText(), "requested");
            answer(exchange, 201, "{\"result\": {\"number\": \"CHG0030042\"}}");
        } else {
            String query = exchange.getRequestURI().getQuery();
            String id = query.substring(query.indexOf("correlation_id=") + 15, query.indexOf("^ORDERBYDESC"));
            String state = approvals.get(id);
            answer(
                    exchange,
                    200,
                    state == null
                            ? "{\"result\": []}"
                            : "{\"result\": [{\"sys_id\": \"46\", \"number\": \"CHG0030042\", \"state\": \"-1\", \"approval\": \""
                                    + state + "\", \"correlation_id\": \"" + id + "\"}]}");
        }
        exchange.close();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Test
    void aChangeRequestIsMadeOnceWaitedForAndLetsThePromotionThrough() throws IOException {
        platform(preset("5d"));

        CommandLineRun dry = promote("--dry-run");
        assertThat(dry.exitCode()).isEqualTo(5);
        assertThat(dry.out())
                .contains("Create a ticket for change-ticket: api 1.0.0 -> test", "there is no change request");
        assertThat(asked).allMatch(request -> request.startsWith("GET "));
        assertThat(promote().exitCode()).isEqualTo(5);
        assertThat(approvals).containsValue("requested").hasSize(1);
        CommandLineRun waits = promote();
        assertThat(waits.out()).contains("CHG0030042 is requested");
        assertThat(asked).filteredOn(request -> request.startsWith("POST ")).hasSize(1);
        assertThat(git.run("branch", "--list", "test")).isBlank();

        approvals.replaceAll((content, state) -> "approved");
        CommandLineRun through = promote();
        assertThat(through.exitCode()).as(through.out() + through.err()).isZero();
        assertThat(git.run("log", "-1", "--format=%B", "test")).contains("external");
        assertThat(git.run("show", "rendered/test:api/manifests.yaml")).contains("7".repeat(64));
    }

    @Test
    void whatDoesNotOpenWithinItsTimeIsNotAskedAnyMore() throws IOException {
        platform(preset("1s"));
        assertThat(promote().exitCode()).isEqualTo(5);
        Instant limit = Instant.now().plusSeconds(60);
        CommandLineRun last = promote();
        while (!last.out().contains("is not asked any more") && Instant.now().isBefore(limit)) {
            last = promote();
        }
        assertThat(last.out()).contains("had time until", "is not asked any more", "'timeout' of the gate in");
        approvals.replaceAll((content, state) -> "approved");
        asked.clear();

        assertThat(promote().exitCode()).isEqualTo(5);
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"500, {}, 6, HTTP 500", "200, <html>Log in</html>, 6, can't be understood", "302, '', 5, HTTP 302"})
    void aServerThatIsIllOpensNothing(int status, String body, int exitCode, String why) throws IOException {
        platform(preset("5d"));
        instead = exchange -> answer(exchange, status, body);
        clock = new FastClock();

        CommandLineRun run = promote();

        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.out()).contains(why);
        assertThat(git.run("branch", "--list", "test")).isBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "object.spec.replicas > 5 ~ refused policy: Deployment/api",
                "object.spec.replicas < ~ can't be evaluated here",
                "[1,2,3,4,5,6,7,8,9,0].all(a, [1,2,3,4,5,6,7,8,9,0].all(b, [1,2,3,4,5,6,7,8,9,0].all(c, [1,2,3,4,5,6,7,8,9,0].all(d, [1,2,3,4,5,6,7,8,9,0].all(e, [1,2,3,4,5,6,7,8,9,0].all(f, a + b + c + d + e + f >= 0)))))) || true ~ costs more than",
                "authorizer.path('/x').check('get').allowed() ~ only the API server knows",
            })
    void aPolicyThatSaysNoOrCanNotBeAskedLetsNothingThrough(String expression, String why) throws IOException {
        write(folder, "platform/policies/replicas.yaml", policy(expression));

        CommandLineRun run = promote();

        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(5);
        assertThat(run.out() + run.err()).contains(why);
        assertThat(git.run("branch", "--list", "test")).isBlank();
    }

    @Test
    void whatAPolicyAllowsPasses() throws IOException {
        write(folder, "platform/policies/replicas.yaml", policy("object.spec.replicas <= 5"));

        assertThat(promote("--dry-run").out()).contains("policy:");
        CommandLineRun run = promote();
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    }

    private static String policy(String expression) {
        return """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: replicas}
                spec:
                  matchConstraints:
                    resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [deployments]}]
                  validations:
                    - expression: "%s"
                      message: such a number of replicas is not allowed
                ---
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: {name: replicas}
                spec:
                  policyName: replicas
                  validationActions: [Deny]
                  matchResources: {namespaceSelector: {matchLabels: {imaas.io/environment: test}}}
                """
                .formatted(expression);
    }

    /** ServiceNow as the documentation has it, asked before test. */
    private String preset(String timeout) throws IOException {
        String here = "http://127.0.0.1:" + server.getAddress().getPort();
        String documented = Pattern.compile("## ServiceNow.*?```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs/gates.md")))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        return documented
                .replaceAll("gateHosts: \\[.*", "gateHosts: ['" + here + "']")
                .replaceAll("https://acme.service-now.com", here)
                .replaceAll("environments: \\[prod]", "environments: [test]")
                .replaceAll("timeout: 5d", "timeout: " + timeout)
                .replaceAll("\n *(credential|login): .*", "");
    }

    private void platform(String more) throws IOException {
        write(
                folder,
                "platform/platform.yaml",
                "platform: acme\nregistries: [registry.example.org/imaas]\npolicy: {images: {check: optional}}\n"
                        + more);
    }

    private CommandLineRun promote(String... more) {
        List<String> arguments = new ArrayList<>(List.of("api", "dev", "test", "--assume-healthy"));
        arguments.addAll(List.of(more));
        return run("promote", arguments.toArray(String[]::new));
    }

    private CommandLineRun run(String command, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("--platform", folder.resolve("platform").toString(), "--no-image-check"));
        arguments.addAll(List.of(more));
        return CommandLineRun.onGitOps(clock, folder, command, arguments.toArray(String[]::new));
    }
}
