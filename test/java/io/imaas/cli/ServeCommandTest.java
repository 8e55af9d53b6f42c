package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.imaas.server.Sender;
import io.imaas.testing.Await;
import io.imaas.testing.Git;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as a process of its own, killed as only an operating system kills. */
class ServeCommandTest {
    private static final String GITOPS = "https://git.example/orders-gitops.git";

    @TempDir
    Path folder;

    private ServeProcess server;
    private Git git;

    @BeforeEach
    void platform() throws IOException {
        Files.createDirectories(folder.resolve("platform/tenants"));
        Files.writeString(
                folder.resolve("platform/platform.yaml"), "platform: acme\nregistries: [registry.example/imaas]\n");
        git = Git.in(folder.resolve("platform"));
        git.run("init", "-q", "-b", "main");
    }

    private void start(String... more) throws IOException {
        List<String> words = List.of(
                "serve",
                "--platform",
                folder.resolve("platform").toString(),
                "--data",
                folder.resolve("data").toString());
        server = ServeProcess.start(
                folder, Stream.concat(words.stream(), Stream.of(more)).toArray(String[]::new));
    }

    @AfterEach
    void kill() throws InterruptedException {
        if (server != null) {
            server.kill();
        }
    }

    @Test
    void killedAtAnyMomentItLosesNothingThatItAccepted() throws Exception {
        Queue<String> accepted = new ConcurrentLinkedQueue<>();
        for (int round = 0; round < 2; round++) {
            start();
            ExecutorService senders = Executors.newFixedThreadPool(8);
            for (int thread = 0; thread < 8; thread++) {
                String prefix = round + "-" + thread + "-";
                senders.execute(() -> sendUntilItDies(prefix, accepted));
            }
            int enough = 200 * (round + 1);
            Await.until(() -> accepted.size() >= enough);
            server.kill();
            senders.shutdown();
            assertThat(senders.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }
        start();
        String kept = everything();
        assertThat(accepted).allMatch(id -> kept.contains("\"" + id + "\""));
    }

    private void sendUntilItDies(String prefix, Queue<String> accepted) {
        Sender sender = server.sender();
        try {
            for (int i = 0; i < 100_000; i++) {
                if (sender.gitHub(prefix + i, Sender.push(GITOPS, "dev")).statusCode() == 202) {
                    accepted.add("github-" + prefix + i);
                }
            }
        } catch (java.io.UncheckedIOException killed) {
            // What this test is about.
        }
    }

    private String everything() throws IOException {
        StringBuilder all = new StringBuilder();
        Sender sender = server.sender();
        long after = 0;
        while (true) {
            String page = sender.get("/api/v1/events?limit=1000&after=" + after).body();
            if (!page.contains("specversion")) {
                return all.toString();
            }
            all.append(page);
            after = new ObjectMapper().readTree(page).path("next").asLong();
        }
    }

    @Test
    void toldToStopItEndsWellAndSaysSo() throws Exception {
        start();
        server.sender().gitHub("1", Sender.push(GITOPS, "dev"));
        assertThat(server.stop()).isEqualTo("Stopping: what was accepted is kept.\n143");
        assertThat(Files.readString(folder.resolve("err.txt"))).isEmpty();
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve("platform").resolve(file), text);
        git.run("add", "-A");
        git.run("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "x");
    }

    private static String tenant(String name) {
        return "tenant: " + name + "\nowners: ['@acme/leads']\ncontact: a@example.org\ngitops: https://git.example/"
                + name + "-gitops.git\nquota: {cpu: 8, memory: 16Gi, pods: 40}\nenvironments: [{name: dev}]\n";
    }

    /** The platform's files were pushed, and the server's answers come to be so. */
    private void pushed(String tenants, String faults, String measured) {
        Sender sender = server.sender();
        sender.gitHub("p" + sent++, Sender.push("file://" + folder.resolve("platform"), "main"));
        Await.until(
                () -> names(sender.get("/api/v1/tenants").body()).equals(tenants)
                        && sender.get("/api/v1/faults")
                                .body()
                                .replaceAll("\\s", "")
                                .contains(faults)
                        && sender.get("/metrics").body().contains("imaas_platform_faults{what=\"" + measured + "\"} 1"),
                () -> sender.get("/api/v1/tenants").body()
                        + sender.get("/api/v1/faults").body());
    }

    private static String names(String body) {
        return Pattern.compile("\"tenant\" : \"([a-z]+)\"")
                .matcher(body)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.joining(" "));
    }

    private int sent;

    @Test
    void oneTenantsBrokenFileStopsNobodyElse() throws Exception {
        write("tenants/billing.yaml", tenant("billing"));
        write("tenants/orders.yaml", tenant("orders") + "quota: 7\n");
        start();
        pushed("billing", "{\"tenant\":\"orders\",\"served\":false,\"where\":\"tenants/orders.yaml:7:1\"", "left-out");
        assertThat(server.sender().get("/").body())
                .contains("class=\"problem\">Tenant orders is left out: tenants/orders.yaml:7:1");

        write("tenants/orders.yaml", tenant("orders"));
        write("tenants/billing.yaml", tenant("billing") + "quota: 7\n");
        write("tenants/stock.yaml", tenant("stock"));
        pushed("billing orders stock", "{\"tenant\":\"billing\",\"served\":true", "kept");

        write("platform.yaml", "platform: [\n");
        write("tenants/orders.yaml", tenant("orders") + "quota: 7\n");
        pushed("billing orders stock", "platform.yaml:1:1", "all");
        assertThat(server.sender().get("/").body()).contains("all goes on as they said before");
        assertThat(Files.readString(folder.resolve("err.txt")))
                .contains(
                        "tenant orders is left out: tenants/orders.yaml:7",
                        "tenant billing is served as its files said before: tenants/billing.yaml:7");
    }

    /** Whatever forge it was: the Git plugin's own address is told, so that Jenkins need not poll. */
    @Test
    void aPushStartsTheJobsOfJenkins() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        HttpServer jenkins = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        jenkins.createContext("/git/notifyCommit", exchange -> {
            heard.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        jenkins.start();
        try {
            start("--jenkins", "http://127.0.0.1:" + jenkins.getAddress().getPort(), "--jenkins-token", "t0ken");
            String platform = "file://" + folder.resolve("platform");
            server.sender().signed("gitea", "1", Sender.push(platform, "main"), "application/json");
            assertThat(URLDecoder.decode(heard.take(), StandardCharsets.UTF_8))
                    .isEqualTo("url=" + folder.resolve("platform") + "&token=t0ken");
        } finally {
            jenkins.stop(0);
        }
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThat(CommandLineRun.of(
                                "serve",
                                "--platform",
                                folder.resolve("platform").toString(),
                                "--data",
                                folder.resolve("d").toString(),
                                "--webhook-secret",
                                Sender.SECRET,
                                "--jenkins",
                                "https://ci.example")
                        .err())
                .contains("IMAAS_JENKINS_TOKEN", "notifyCommit");
        CommandLineRun run = CommandLineRun.of("serve", "--platform", "x", "--webhook-secret", "");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("IMAAS_WEBHOOK_SECRET", "openssl rand");
        assertThat(CommandLineRun.of("serve", "--webhook-secret", Sender.SECRET).err())
                .contains("which platform is served");
        List<String> none =
                List.of("serve", "--platform", folder.resolve("none").toString(), "--webhook-secret");
        assertThat(CommandLineRun.of(none.get(0), none.get(1), none.get(2), none.get(3), Sender.SECRET)
                        .exitCode())
                .isEqualTo(3);
    }
}
