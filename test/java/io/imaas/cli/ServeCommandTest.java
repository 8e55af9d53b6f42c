package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.imaas.server.Sender;
import io.imaas.testing.Await;
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

    @BeforeEach
    void platform() throws IOException {
        Files.createDirectories(folder.resolve("platform/tenants"));
        Files.writeString(
                folder.resolve("platform/platform.yaml"), "platform: acme\nregistries: [registry.example/imaas]\n");
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

    private String everything() {
        StringBuilder all = new StringBuilder();
        Sender sender = server.sender();
        for (int after = 0; ; after += 1000) {
            String page = sender.get("/api/v1/events?limit=1000&after=" + after).body();
            if (!page.contains("specversion")) {
                return all.toString();
            }
            all.append(page);
        }
    }

    @Test
    void toldToStopItEndsWellAndSaysSo() throws Exception {
        start();
        server.sender().gitHub("1", Sender.push(GITOPS, "dev"));
        assertThat(server.stop()).isEqualTo("Stopping: what was accepted is kept.\n143");
        assertThat(Files.readString(folder.resolve("err.txt"))).isEmpty();
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
