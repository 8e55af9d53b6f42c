package io.imaas.app.assembly;

import com.github.dockerjava.api.DockerClient;
import io.imaas.adapter.docker.DockerDaemons;
import io.imaas.adapter.docker.MiTestServerContainer;
import io.imaas.adapter.mi.unittest.MiHomeServer;
import io.imaas.port.TestServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** Starts MI unit-test servers for one run. */
public final class TestServers {
    private TestServers() {}

    /** @param home a Micro Integrator's home folder */
    public static TestServer home(Path home, Duration patience, Consumer<String> log) {
        return MiHomeServer.start(home, patience, log);
    }

    /** @param environment says where the Docker daemon is, as Docker's own programs read it */
    public static TestServer container(
            Map<String, String> environment, String image, Duration patience, Consumer<String> log) {
        DockerClient docker = DockerDaemons.connect(environment);
        String host = environment.getOrDefault("DOCKER_HOST", "");
        String daemonHost = host.startsWith("tcp://") ? URI.create(host).getHost() : "";
        return MiTestServerContainer.start(docker, daemonHost, image, patience, log);
    }
}
