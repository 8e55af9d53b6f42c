package io.imaas.adapter.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import io.imaas.adapter.oci.BaseImages;
import io.imaas.adapter.oci.HttpImageRegistry;
import io.imaas.adapter.oci.JibImageBuilder;
import io.imaas.adapter.oci.MiProjectFolder;
import io.imaas.adapter.oci.RegistryCredentials;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.port.ImageBuilder.Built;
import io.imaas.testing.DockerDaemon;
import io.imaas.testing.Program;
import io.imaas.testing.RealRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A real daemon, the project's Dockerfile, and both registries. */
class DockerImageBuilderTest {
    @RegisterExtension
    static final DockerDaemon DAEMON = new DockerDaemon();

    @RegisterExtension
    static final RealRegistry REGISTRY = new RealRegistry();

    @TempDir
    static Path store;

    @TempDir
    Path folder;

    private static LoopbackRegistry loopback;
    private static DockerClient docker;
    private final HttpImageRegistry images = new HttpImageRegistry(RegistryCredentials.none());

    @BeforeAll
    static void start() {
        loopback = LoopbackRegistry.start(store, 0);
        docker = DockerDaemons.connect(DAEMON.environment());
    }

    @AfterAll
    static void stop() throws Exception {
        if (loopback != null) {
            loopback.close();
            docker.close();
        }
    }

    @Test
    void theProjectsDockerfileIsBuiltOnTheBaseAndPushed() throws Exception {
        for (String registry : new String[] {REGISTRY.address(), loopback.address()}) {
            MiProjectFolder project = new MiProjectFolder(folder.resolve(registry));
            String base = new BaseImages(folder, registry)
                    .push("wso2/wso2mi", "/home/wso2carbon/wso2mi-4.4.0", "10802", "linux/amd64");

            Built built = new DockerImageBuilder(docker, RegistryCredentials.none())
                    .build(project.recipe(registry + "/orders/by-docker", base, "1.0.0", "key-1"), line -> {});

            assertThat(images.resolve(built.image().repository(), "1.0.0"))
                    .contains(built.image().digest());
            assertThat(images.resolve(built.image().repository(), "key-1"))
                    .contains(built.image().digest());
            assertThat(images.labels(built.image())).containsEntry("io.imaas.tenant", "orders");
            assertThat(built.layers()).hasSize(4);
            assertThat(built.bytesPushed()).isGreaterThan(Files.size(project.car()));
            assertThat(project.folder().resolve("deployment/docker/CompositeApps"))
                    .doesNotExist();
        }
    }

    @Test
    void dockersOwnClientPullsWhatJibPushedAndPushesItBack() throws Exception {
        Program client = Program.require("docker", "docker.io");
        MiProjectFolder project = new MiProjectFolder(folder.resolve("project"));
        String name = loopback.address() + "/orders/by-jib";
        Built built = new JibImageBuilder(folder.resolve("cache"), RegistryCredentials.none())
                .build(project.recipe(name, "", "1"), line -> {});

        client.run("--host", DAEMON.host(), "pull", built.image().toString());
        client.run("--host", DAEMON.host(), "tag", built.image().toString(), loopback.address() + "/orders/again:1");
        String pushed = client.run("--host", DAEMON.host(), "push", loopback.address() + "/orders/again:1");

        assertThat(pushed).containsPattern("1: digest: sha256:[0-9a-f]{64}");
    }

    @Test
    void aDockerfileThatDoesNotBuildSaysWhatTheDaemonSaid() throws Exception {
        MiProjectFolder project = new MiProjectFolder(folder.resolve("project"));
        Path dockerfile = project.folder().resolve("deployment/docker/Dockerfile");
        Files.writeString(dockerfile, "FROM scratch\nCOPY nowhere.txt /\n");
        DockerImageBuilder builder = new DockerImageBuilder(docker, RegistryCredentials.none());

        assertThatThrownBy(() -> builder.build(project.recipe(loopback.address() + "/x", "", "1"), line -> {}))
                .hasMessageContaining("the Dockerfile does not build")
                .hasMessageContaining("nowhere.txt")
                .satisfies(
                        e -> assertThat(((FailureException) e).failure().kind()).isEqualTo(FailureKind.FAILED));
        Files.delete(dockerfile);
        assertThatThrownBy(() -> builder.build(project.recipe(loopback.address() + "/x", "", "1"), line -> {}))
                .hasMessageContaining("the project has no Dockerfile");
    }

    @Test
    void aRegistryThatIsNotThereFailsThePushAndCanBeTriedAgain() throws Exception {
        MiProjectFolder project = new MiProjectFolder(folder.resolve("project"));
        Files.writeString(
                project.folder().resolve("deployment/docker/Dockerfile"), "FROM scratch\nCOPY CompositeApps/ /\n");

        assertThatThrownBy(() -> new DockerImageBuilder(docker, RegistryCredentials.none())
                        .build(project.recipe("127.0.0.1:1/x", "", "1"), line -> {}))
                .satisfies(
                        e -> assertThat(((FailureException) e).failure().kind()).isEqualTo(FailureKind.EXTERNAL));
    }

    @Test
    void aDaemonThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> DockerDaemons.connect(Map.of("DOCKER_HOST", "unix:///nowhere/docker.sock")))
                .hasMessageContaining("unix:///nowhere/docker.sock: the Docker daemon does not answer");
    }
}
