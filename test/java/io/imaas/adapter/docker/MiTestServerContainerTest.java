package io.imaas.adapter.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.testing.DockerDaemon;
import io.imaas.testing.Program;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a Docker daemon of its own and an image that holds one program and speaks for the Micro Integrator. */
@Timeout(300)
class MiTestServerContainerTest {
    @TempDir
    private static Path folder;

    private static Closeable turn;
    private static Process daemon;
    private static DockerClient docker;

    @BeforeAll
    static void aDaemonAndAnImage() throws Exception {
        Path dockerd = Program.require("dockerd", "docker.io").file();
        Path busybox = Program.require("busybox", "busybox-static").file();
        turn = DockerDaemon.turn();
        // Paths of sockets must be short.
        Path run = Files.createTempDirectory(Path.of("/tmp"), "imd");
        String socket = "unix://" + run.resolve("d.sock");
        daemon = new ProcessBuilder(
                        dockerd.toString(),
                        "--data-root=" + folder.resolve("data"),
                        "--exec-root=" + run.resolve("x"),
                        "--pidfile=" + run.resolve("d.pid"),
                        "--host=" + socket,
                        "--storage-driver=vfs")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("dockerd.log").toFile())
                .start();
        DefaultDockerClientConfig config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(socket)
                .build();
        docker = DockerClientImpl.getInstance(
                config,
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .build());
        assumeTrue(answers(), () -> "this machine can't run a Docker daemon, so this did not run");
        image(
                "mi:serves",
                busybox,
                """
                /busybox nc -ll -p 9008 -e /busybox cat &
                until /busybox netstat -ltn | /busybox grep -q :9008; do /busybox sleep 0.1; done
                echo 'INFO Synapse unit testing agent has been established on port 9008'
                wait
                """);
        image("mi:ends", busybox, "echo 'ERROR no licence'\nexit 3\n");
        image("mi:silent", busybox, "exec /busybox sleep 60\n");
    }

    private static boolean answers() throws InterruptedException {
        for (int i = 0; i < 100 && daemon.isAlive(); i++) {
            try {
                docker.pingCmd().exec();
                return true;
            } catch (RuntimeException e) {
                Thread.sleep(200);
            }
        }
        return false;
    }

    private static void image(String tag, Path busybox, String script) throws Exception {
        Path context = Files.createDirectories(folder.resolve(tag.replace(':', '-')));
        Files.copy(busybox, context.resolve("busybox"));
        Files.writeString(context.resolve("start"), "#!/busybox sh\necho \"arguments: $*\"\n" + script);
        context.resolve("start").toFile().setExecutable(true);
        Files.writeString(
                context.resolve("Dockerfile"), "FROM scratch\nCOPY busybox start /\nENTRYPOINT [\"/start\"]\n");
        docker.buildImageCmd(context.toFile())
                .withTags(java.util.Set.of(tag))
                .start()
                .awaitImageId(60, TimeUnit.SECONDS);
    }

    @AfterAll
    static void end() throws Exception {
        if (daemon != null) {
            daemon.destroy();
            daemon.waitFor(20, TimeUnit.SECONDS);
        }
        if (turn != null) {
            turn.close();
        }
    }

    private static List<String> containers() {
        return docker.listContainersCmd().withShowAll(true).exec().stream()
                .map(c -> c.getImage())
                .toList();
    }

    @Test
    void theServerIsReachableOnLoopbackAndItsContainerIsGoneAfterwards() throws IOException {
        List<String> log = Collections.synchronizedList(new ArrayList<>());
        try (MiTestServerContainer server =
                MiTestServerContainer.start(docker, "", "mi:serves", Duration.ofSeconds(30), log::add)) {
            assertThat(server.address().getAddress().isLoopbackAddress()).isTrue();
            try (Socket socket =
                    new Socket(server.address().getAddress(), server.address().getPort())) {
                socket.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
                assertThat(socket.getInputStream().readNBytes(5))
                        .isEqualTo("hello".getBytes(StandardCharsets.US_ASCII));
            }
            assertThat(log).contains("arguments: -DsynapseTest -DsynapseTestPort=9008");
        }
        assertThat(containers()).doesNotContain("mi:serves");
    }

    @Test
    void aRestartIsAContainerOfItsOwn() throws IOException {
        try (MiTestServerContainer server =
                MiTestServerContainer.start(docker, "", "mi:serves", Duration.ofSeconds(30), line -> {})) {
            assertThat(server.restart()).isTrue();
            assertThat(containers().stream().filter("mi:serves"::equals)).hasSize(1);
            try (Socket socket =
                    new Socket(server.address().getAddress(), server.address().getPort())) {
                assertThat(socket.isConnected()).isTrue();
            }
        }
        assertThat(containers()).doesNotContain("mi:serves");
    }

    @Test
    void aContainerThatEndsIsToldWithItsLastWordsAndRemoved() {
        assertThatThrownBy(() -> MiTestServerContainer.start(docker, "", "mi:ends", Duration.ofSeconds(30), line -> {}))
                .isInstanceOfSatisfying(FailureException.class, e -> {
                    assertThat(e.failure().kind()).isEqualTo(FailureKind.EXTERNAL);
                    assertThat(e.failure().what()).contains("no licence");
                });
        assertThat(containers()).doesNotContain("mi:ends");
    }

    @Test
    void aContainerThatNeverListensIsGivenUpAndRemoved() {
        assertThatThrownBy(
                        () -> MiTestServerContainer.start(docker, "", "mi:silent", Duration.ofSeconds(1), line -> {}))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("within 1 s");
        assertThat(containers()).doesNotContain("mi:silent");
    }
}
