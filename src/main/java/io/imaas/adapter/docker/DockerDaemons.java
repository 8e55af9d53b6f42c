package io.imaas.adapter.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import java.time.Duration;
import java.util.Map;

public final class DockerDaemons {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private DockerDaemons() {}

    /**
     * The daemon that {@code DOCKER_HOST} names, else the one of this machine; TLS by {@code DOCKER_TLS_VERIFY} and
     * {@code DOCKER_CERT_PATH}.
     *
     * @throws FailureException EXTERNAL when it does not answer
     */
    public static DockerClient connect(Map<String, String> environment) {
        DefaultDockerClientConfig.Builder builder = DefaultDockerClientConfig.createDefaultConfigBuilder();
        if (environment.containsKey("DOCKER_HOST")) {
            builder.withDockerHost(environment.get("DOCKER_HOST"));
        }
        if (environment.containsKey("DOCKER_TLS_VERIFY")) {
            builder.withDockerTlsVerify(environment.get("DOCKER_TLS_VERIFY"));
        }
        if (environment.containsKey("DOCKER_CERT_PATH")) {
            builder.withDockerCertPath(environment.get("DOCKER_CERT_PATH"));
        }
        DefaultDockerClientConfig config = builder.build();
        DockerClient client = DockerClientImpl.getInstance(
                config,
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .sslConfig(config.getSSLConfig())
                        .connectionTimeout(CONNECT)
                        .build());
        try {
            client.pingCmd().exec();
            return client;
        } catch (RuntimeException e) {
            throw FailureException.external(
                    "the Docker daemon does not answer: " + Reason.of(e),
                    config.getDockerHost().toString(),
                    "start it, or set DOCKER_HOST; an image can be built without a daemon",
                    e);
        }
    }
}
