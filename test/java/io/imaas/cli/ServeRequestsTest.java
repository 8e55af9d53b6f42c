package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.cli.settings.Settings;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.testing.Await;
import io.imaas.testing.Git;
import io.imaas.testing.TinyImages;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A tenant's life by {@code imaas --server}: the command line has no access to Git, the registry or the cluster. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServeRequestsTest {
    /** SHA-256 of {@code a}, {@code b} and {@code c}. */
    private static final String TOKENS =
            "tokens:\n  - {name: '@adam', tenants: ['*'], may: [release, review, onboard, preview],"
                    + " sha256: ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb}\n"
                    + "  - {name: '@vic', tenants: [orders], may: [promote],"
                    + " sha256: 3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d}\n"
                    + "  - {name: '@zoe', tenants: [billing], may: [release, review, onboard, preview],"
                    + " sha256: 2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6}\n";

    @TempDir
    static Path folder;

    private static LoopbackRegistry registry;
    private static ServeProcess server;
    private int exit;

    @BeforeAll
    static void start() throws IOException {
        registry = LoopbackRegistry.start(folder.resolve("images"), 0);
        for (String name : List.of("platform", "gitops", "sources")) {
            Git.in(folder).run("init", "-q", "--bare", "-b", "main", name + ".git");
            Git.in(folder).run("clone", "-q", url(name), name);
            Git.in(folder.resolve(name)).run("config", "user.name", "ann");
            Git.in(folder.resolve(name)).run("config", "user.email", "ann@example.org");
        }
        push("platform", "main", "platform.yaml", "platform: acme\nregistries: [" + registry.address() + "/imaas]\n");
        push(
                "platform",
                "main",
                "tenants/orders.yaml",
                "tenant: orders\nowners: ['@acme/leads']\ncontact: a@example.org\ngitops: " + url("gitops")
                        + "\nquota: {cpu: 8, memory: 16Gi, pods: 40}\nenvironments: [{name: dev}, {name: test}]"
                        + "\nservices:\n  - {name: api, type: gateway, repository: '" + url("sources") + "'}\n");
        Files.writeString(folder.resolve("tokens.yaml"), TOKENS);
        server = ServeProcess.start(
                folder,
                "serve",
                "--platform",
                url("platform"),
                "--data",
                folder.resolve("data").toString(),
                "--cluster-dir",
                folder.resolve("cluster").toString(),
                "--key",
                folder.resolve("key").toString(),
                "--tokens",
                folder.resolve("tokens.yaml").toString(),
                "--react",
                "audit");
    }

    @BeforeEach
    void theTenantIsKnown() {
        Await.until(() -> !asked("a", "status", "--tenant", "orders").contains("there is no tenant"));
    }

    @AfterAll
    static void end() throws InterruptedException {
        server.kill();
        registry.close();
    }

    private static String url(String name) {
        return "file://" + folder.resolve(name + ".git");
    }

    private static void push(String repository, String branch, String file, String text) throws IOException {
        Git git = Git.in(folder.resolve(repository));
        Path path = folder.resolve(repository).resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        git.run("add", "-A");
        git.run("commit", "-q", "-m", "Change " + file);
        git.run("push", "-q", "origin", "HEAD:" + branch);
    }

    /** What {@code imaas --server ...} says to whoever has this token; how it ended is in {@link #exit}. */
    private String asked(String token, String... words) {
        StringWriter said = new StringWriter();
        CommandLine line = Main.commandLine(Settings.of(Map.of("IMAAS_TOKEN", token), folder, folder));
        line.setOut(new PrintWriter(said));
        line.setErr(new PrintWriter(said));
        exit = line.execute(Stream.concat(Stream.of("--server", server.address().toString()), Stream.of(words))
                .toArray(String[]::new));
        return said.toString();
    }

    private static String gitops(String... words) {
        return Git.in(folder.resolve("gitops.git")).run(words).strip();
    }

    /** Nobody asked: the server looks by itself, and says what it found. */
    @Test
    void whatIsNotAsTheFilesSayIsAnEvent() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        server.address().resolve("/api/v1/events?type=audit&tenant=orders&wait=25"))
                .header("Authorization", "Bearer a")
                .build();
        HttpClient client = HttpClient.newHttpClient();
        Await.until(() -> client.send(request, BodyHandlers.ofString()).body().contains("differences"));
        String found = client.send(request, BodyHandlers.ofString()).body();
        assertThat(found).contains("\"type\" : \"audit.ended\"", "differences from the platform's files", "is missing");
        assertThat(gitops("branch")).as("it only looks").isEmpty();
    }

    /** The last one: the others find a tenant that is not onboarded. */
    @Test
    @Order(Integer.MAX_VALUE)
    void whatTheCommandLineCanDoAServerCanBeAskedFor() throws Exception {
        assertThat(asked("a", "audit")).contains("ResourceQuota orders-dev", "is missing");
        assertThat(exit).isEqualTo(1);
        assertThat(asked("a", "onboard", "orders", "--dry-run")).contains("Onboard orders");
        assertThat(gitops("branch", "--list", "dev")).isEmpty();
        assertThat(asked("a", "onboard", "orders")).contains("title: Onboard orders", "status: SUCCEEDED");
        assertThat(gitops("branch", "--list", "dev")).isNotEmpty();
        assertThat(asked("a", "audit", "orders")).isEqualTo("Everything is as the platform's files say.\n");
        assertThat(exit).isZero();

        ImageRef image = new TinyImages(ImageRepository.parse(registry.address() + "/imaas/orders/api")).push("1.0.0");
        String[] release = {"release", "api", "dev", "--tenant", "orders", "--image", image.toString()};
        assertThat(asked("b", release)).contains("@vic may not release");
        assertThat(exit).isEqualTo(5);
        assertThat(asked("a", release)).contains("status: SUCCEEDED");
        assertThat(gitops("show", "dev:services/api/release.yaml"))
                .contains(image.digest().value());

        Git work = Git.in(folder.resolve("gitops"));
        work.run("fetch", "-q");
        work.run("checkout", "-q", "-B", "dev", "origin/dev");
        push("gitops", "dev", "services/api/env/dev.yaml", "replicas: 2\n");
        assertThat(asked("a", "review", "dev")).contains("status: SUCCEEDED");
        assertThat(gitops("log", "-1", "--format=%(trailers:key=Imaas-Wanted,valueonly)", "rendered/dev"))
                .isEqualTo(gitops("rev-parse", "dev"));

        assertThat(server.sender().get("/metrics").body())
                .contains("imaas_lock_wait_seconds_count 1")
                .containsPattern("imaas_gate_answers_total\\{answer=\"open\",gate=\"[a-z-]+\"} [1-9]");
        assertThat(asked("a", "preview", "list")).isEqualTo("no previews\n");
        assertThat(asked("a", "preview", "remove", "api-pr-7")).contains("no preview 'api-pr-7'");
        assertThat(exit).isEqualTo(3);
    }

    @Test
    void nobodyDoesMoreThanTheyMayAndAnotherTenantIsNotThere() {
        String image = registry.address() + "/imaas/orders/api@sha256:" + "a".repeat(64);
        List<String[]> all = List.of(
                new String[] {"release", "api", "dev", "--tenant", "orders", "--image", image},
                new String[] {"review", "dev", "--tenant", "orders"},
                new String[] {"onboard", "orders"},
                new String[] {"preview", "remove", "x-pr-7", "--tenant", "orders"});
        for (String[] words : all) {
            assertThat(asked("b", words)).contains("@vic may not " + words[0]);
            assertThat(exit).isEqualTo(5);
            assertThat(asked("c", words)).contains("there is no tenant 'orders'");
            assertThat(exit).isEqualTo(3);
        }
        assertThat(asked("c", "audit", "orders")).contains("there is no tenant 'orders'");
        assertThat(asked("c", "preview", "list", "--tenant", "orders")).contains("there is no tenant 'orders'");
        assertThat(gitops("branch")).isEmpty();
        assertThat(asked("a", "review", "dev", "--policy", "allow")).contains("--policy does not go with --server");
        assertThat(asked("a", "audit", "--repair")).contains("--repair does not go with --server");
        assertThat(asked("a", "deliver", ".")).contains("leave --server out for 'deliver'");
    }
}
