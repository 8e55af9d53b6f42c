package io.imaas.adapter.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MiServiceChartRefusalTest {
    /** Values that must not render, and what the message must name. */
    static Stream<Arguments> badValues() {
        return Stream.of(
                // what runs
                arguments("image: {digest: latest}", "/image/digest"),
                arguments("image: {digest: \"sha256:abc\"}", "/image/digest"),
                arguments("image: {digest: \"\"}", "image.digest is missing"),
                arguments("image: {repository: \"\"}", "image.repository is missing"),
                arguments("image: {repository: \"registry.acme.example/orders/order-api:1.4.0\"}", "/image/repository"),
                arguments("image: {repository: \"registry.acme.example/a@sha256:b\"}", "/image/repository"),
                arguments("image: {repository: order-api}", "/image/repository"),
                arguments("image: {repository: registry.acme.example/Orders}", "/image/repository"),
                arguments("image: {tag: \"not a tag\"}", "/image/tag"),
                arguments("image: {digset: x}", "digset"),
                arguments("source: {commit: HEAD}", "/source/commit"),
                // who it is
                arguments("tenant: Orders", "/tenant"),
                arguments("tenant: \"\"", "tenant is missing"),
                arguments("environment: \"\"", "environment is missing"),
                arguments("service: \"a_b\"", "/service"),
                arguments("type: batch", "/type"),
                // what contradicts itself
                arguments("environment: prod", "production needs at least 3 replicas, and here are 1"),
                arguments("production: true\nreplicas: 2", "production needs at least 3 replicas"),
                arguments("environment: prod\nproduction: false\nreplicas: 2", "production needs at least 3 replicas"),
                arguments(
                        "environment: prod\nreplicas: 3\nautoscaling: {enabled: true, minReplicas: 2}",
                        "production needs at least 3 replicas, and here are 2"),
                arguments("autoscaling: {enabled: true, minReplicas: 5, maxReplicas: 2}", "autoscaling.minReplicas"),
                arguments("type: step\nautoscaling: {enabled: true}", "a step runs to an end"),
                arguments("autoscaling: {enabled: true}\nresources: {requests: {cpu: null}}", "resources.requests.cpu"),
                arguments("type: worker\ningress: {enabled: true, host: a.b, tlsSecret: c}", "nobody calls a worker"),
                arguments("type: worker\nnetwork: {allowFrom: [payments]}", "nobody calls a worker"),
                arguments("ingress: {enabled: true, host: a.example.org}", "ingress needs host and tlsSecret"),
                arguments("step: {schedule: \"0 5 * * *\"}", "only a step has a schedule"),
                arguments("rollout: {drainSeconds: 60}", "terminationGraceSeconds"),
                arguments("observability: {tracing: {enabled: true}}", "observability.tracing.url is missing"),
                arguments("observability: {icp: {url: \"https://icp:9445\"}}", "needs the variable ICP_SECRET"),
                arguments(
                        "serviceAccount: {annotations: {helm.sh/hook: pre-install}}",
                        "serviceAccount.annotations: helm.sh/hook makes it a hook of Helm"),
                arguments("config: {JAVA_OPTS: \"-Xmx8g\"}", "JAVA_OPTS is set by the platform"),
                arguments("config: {a: b}\nsecretEnv: {a: {secret: c, key: d}}", "a is in config and in secretEnv"),
                // what would weaken the pod or mislead its owner
                arguments("runtime: {user: 0}", "/runtime/user"),
                arguments("runtime: {writable: [\"../../etc\"]}", "/runtime/writable/0"),
                arguments("runtime: {writable: [/etc]}", "/runtime/writable/0"),
                arguments("runtime: {home: \"$(id)\"}", "/runtime/home"),
                arguments("runtime: {version: latest}", "/runtime/version"),
                arguments("podLabels: {imaas.io/tenant: other}", "/podLabels"),
                arguments("podLabels: {app.kubernetes.io/name: other}", "/podLabels"),
                arguments("podAnnotations: {checksum/config: x}", "/podAnnotations"),
                arguments("securityContext: {privileged: true}", "securityContext"),
                arguments("replicas: 0", "/replicas"),
                arguments("replicas: \"3\"", "/replicas"),
                arguments("replcias: 3", "replcias"),
                arguments("config: {port: 8080}", "/config/port"),
                arguments("config: {\"a b\": c}", "a b"),
                arguments("secretEnv: {pw: {secret: db}}", "/secretEnv/pw"),
                arguments("secretEnv: {pw: hunter2}", "/secretEnv/pw"),
                arguments("network: {egress: [{cidr: everywhere, ports: [1]}]}", "/network/egress/0"),
                arguments("network: {egress: [{cidr: 0.0.0.0/0}]}", "/network/egress/0"),
                arguments("network: {allowFrom: [\"*\"]}", "/network/allowFrom/0"),
                arguments("ingress: {host: \"a b\"}", "/ingress/host"),
                arguments("type: step\nstep: {schedule: daily}", "/step/schedule"),
                arguments("resources: {limits: {memory: lots}}", "/resources/limits/memory"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badValues")
    void badValuesAreRefusedByName(String values, String named) {
        assertThatThrownBy(() -> RenderedChart.with(values)).isInstanceOfSatisfying(FailureException.class, e -> {
            assertThat(e.failure().kind()).isEqualTo(FailureKind.INPUT);
            assertThat(e.failure().where().toString()).isEqualTo("orders-test/order-api");
            assertThat(e.failure().what()).contains(named);
            assertThat(e.failure().sentence()).doesNotContain("<include", "error calling", "Use --debug");
        });
    }

    @Test
    void severalMistakesAreToldAtOnce() {
        assertThatThrownBy(() -> RenderedChart.with("tenant: Orders\nreplicas: 0\nimage: {digest: latest}"))
                .hasMessageContainingAll("/tenant", "/replicas", "/image/digest");
    }
}
