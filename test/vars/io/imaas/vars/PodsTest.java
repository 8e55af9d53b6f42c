package io.imaas.vars;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.vars.PretendedJenkins.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The pods as they reach the Kubernetes plugin, with every placeholder filled. */
class PodsTest {
    static Stream<String> pods() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("resources/pods"))) {
            return files.map(file -> file.getFileName().toString().replace(".yaml", "")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pods")
    void everyPlaceholderIsFilled(String name) {
        assertThat(withoutComments(yaml(name, Map.of()))).doesNotContain("${", "null");
    }

    @ParameterizedTest
    @MethodSource("pods")
    void aPodFitsTheRestrictedPodSecurityStandard(String name) {
        Map<?, ?> spec = map(pod(name, Map.of()).get("spec"));
        Map<?, ?> security = map(spec.get("securityContext"));

        assertThat(spec.get("automountServiceAccountToken")).isEqualTo(false);
        assertThat(security.get("runAsNonRoot")).isEqualTo(true);
        assertThat(map(security.get("seccompProfile")).get("type")).isEqualTo("RuntimeDefault");
        assertThat((Integer) security.get("runAsUser")).isPositive();
        assertThat(spec.keySet().stream().map(String::valueOf))
                .doesNotContain("hostNetwork", "hostPID", "hostIPC", "serviceAccountName");
        for (Map<?, ?> container : containers(spec)) {
            Map<?, ?> own = map(container.get("securityContext"));
            assertThat(own.get("allowPrivilegeEscalation")).isEqualTo(false);
            assertThat(map(own.get("capabilities")).get("drop")).isEqualTo(List.of("ALL"));
            assertThat(own.get("privileged")).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("pods")
    void everyContainerHasRequestsAndLimits(String name) {
        for (Map<?, ?> container : containers(map(pod(name, Map.of()).get("spec")))) {
            Map<?, ?> resources = map(container.get("resources"));
            for (String kind : List.of("requests", "limits")) {
                assertThat(map(resources.get(kind)).keySet().stream().map(String::valueOf))
                        .as(container.get("name") + " " + kind)
                        .containsExactlyInAnyOrder("cpu", "memory", "ephemeral-storage");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pods")
    void theAgentsContainerWritesOnlyToVolumesThatThePodHas(String name) {
        Map<?, ?> spec = map(pod(name, Map.of()).get("spec"));
        Map<?, ?> maven = containers(spec).get(0);

        assertThat(maven.get("name")).isEqualTo("maven");
        assertThat(maven.get("command")).as("agentInjection sets it").isNull();
        assertThat(map(maven.get("securityContext")).get("readOnlyRootFilesystem"))
                .isEqualTo(true);
        List<?> volumes =
                list(spec.get("volumes")).stream().map(v -> map(v).get("name")).toList();
        for (Map<?, ?> container : containers(spec)) {
            for (Object mount : list(container.get("volumeMounts"))) {
                assertThat(volumes.contains(map(mount).get("name")))
                        .as("volume of %s", mount)
                        .isTrue();
            }
        }
    }

    /** The one that has a server beside it is also told so. */
    @Test
    void bothPodsBuildInTheSameContainer() {
        Map<Object, Object> withServer = new LinkedHashMap<>(
                containers(map(pod("mi-build-and-test", Map.of()).get("spec"))).get(0));
        List<Object> environment = new ArrayList<>((List<?>) withServer.get("env"));
        assertThat(environment.remove((Object) Map.of("name", "IMAAS_TEST_SERVERS", "value", "localhost:9008")))
                .isTrue();
        withServer.put("env", environment);
        assertThat(withServer)
                .isEqualTo(
                        containers(map(pod("mi-build", Map.of()).get("spec"))).get(0));
    }

    @Test
    void theServerOfUnitTestsIsThePlatformsAndReadyOnlyOnceItListens() {
        Map<?, ?> mi =
                containers(map(pod("mi-build-and-test", Map.of()).get("spec"))).get(1);

        assertThat(mi.get("image")).isEqualTo("wso2/wso2mi:4.4.0");
        assertThat(mi.get("args")).isEqualTo(List.of("-DsynapseTest", "-DsynapseTestPort=9008"));
        Map<?, ?> port = map(list(mi.get("ports")).get(0));
        assertThat(port.get("containerPort")).isEqualTo(9008);
        assertThat(map(map(mi.get("startupProbe")).get("tcpSocket")).get("port"))
                .isEqualTo(port.get("name"));
    }

    @Test
    void aCompanysImagesAndATenantsCacheTakeThePlaceOfTheDefaults() {
        Map<?, ?> spec = map(pod(
                        "mi-build-and-test",
                        Map.of(
                                "images",
                                Map.of("maven", "registry.example.org/build/maven:21", "mi", "example/mi:4.4"),
                                "mavenCache",
                                "orders-maven"))
                .get("spec"));

        assertThat(containers(spec).stream().map(c -> String.valueOf(c.get("image"))))
                .containsExactly("registry.example.org/build/maven:21", "example/mi:4.4");
        assertThat(list(spec.get("volumes")).stream()
                        .map(volume -> map(volume).get("persistentVolumeClaim"))
                        .filter(Objects::nonNull)
                        .map(claim -> String.valueOf(map(claim).get("claimName"))))
                .containsExactly("orders-maven");
    }

    private String yaml(String name, Map<String, Object> more) {
        PlanMap plan = Plans.tag().with("pod", name);
        more.forEach(plan::with);
        PretendedJenkins jenkins = new PretendedJenkins(Mode.PLAIN).plans(plan);
        jenkins.run("imaasPipeline()");
        return jenkins.podYaml().get(0);
    }

    private Map<?, ?> pod(String name, Map<String, Object> more) {
        return map(
                new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build()).loadFromString(yaml(name, more)));
    }

    private static List<? extends Map<?, ?>> containers(Map<?, ?> spec) {
        return list(spec.get("containers")).stream().map(PodsTest::map).toList();
    }

    private static String withoutComments(String yaml) {
        return yaml.lines().filter(line -> !line.strip().startsWith("#")).reduce("", (a, b) -> a + b + "\n");
    }

    private static Map<?, ?> map(Object value) {
        return (Map<?, ?>) value;
    }

    private static List<?> list(Object value) {
        return (List<?>) value;
    }
}
