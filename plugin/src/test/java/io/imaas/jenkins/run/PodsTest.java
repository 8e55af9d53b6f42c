package io.imaas.jenkins.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.jenkins.config.BuildPods;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** In which pods a tenant's builds run is the platform's choice, and reaches the library with the plan. */
class PodsTest {
    private static BuildPods pods() {
        BuildPods pods = new BuildPods();
        pods.setNamespace("builds-{tenant}");
        pods.setMavenImage("registry.example.org/build/maven:21");
        pods.setUnitTestImage("wso2/wso2mi:4.4.0");
        pods.setMavenCache("maven-{tenant}");
        return pods;
    }

    @Test
    void aTenantsPodHasANamespaceAndACacheOfItsOwn() {
        assertThat(Pods.of(pods(), "orders", true))
                .isEqualTo(new Pods(
                        "mi-build-and-test",
                        "builds-orders",
                        Map.of("maven", "registry.example.org/build/maven:21", "mi", "wso2/wso2mi:4.4.0"),
                        "maven-orders"));
        assertThat(Pods.of(pods(), "payments", false).template()).isEqualTo("mi-build");
    }

    @Test
    void aCacheThatTenantsWouldShareIsNotUsed() {
        BuildPods shared = pods();
        shared.setMavenCache("maven");
        assertThat(Pods.of(shared, "orders", true).mavenCache()).isEmpty();
    }

    @Test
    void withoutAnImageForUnitTestsThereIsNoServerInThePod() {
        assertThat(Pods.of(new BuildPods(), "orders", true))
                .isEqualTo(new Pods("mi-build", "", Map.of("maven", "maven:3.9-eclipse-temurin-21"), ""));
    }

    /** The library asked for more once, of plans that only its own tests made: its pods had an image called null. */
    @Test
    void thePlanHasAllThatTheLibraryReadsOfIt() throws IOException {
        Set<String> known = Arrays.stream(PlanView.class.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        known.add("label");
        for (String script : Set.of("imaasAgent", "imaasStages", "imaasPipeline")) {
            String text = Files.readString(Path.of("../vars", script + ".groovy"));
            Pattern.compile("\\b(?:wishes|plan)\\.(\\w+)")
                    .matcher(text)
                    .results()
                    .forEach(read -> assertThat(known).as(script).contains(read.group(1)));
        }
    }
}
