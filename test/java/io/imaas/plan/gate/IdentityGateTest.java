package io.imaas.plan.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.plan.gate.Answer.Closed;
import io.imaas.plan.gate.Answer.Open;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdentityGateTest {
    private final Gate gate = new IdentityGate();

    @Test
    void whatTheChartMakesOfAReleaseIsItsOwn() {
        assertThat(HostileValues.ask(gate)).isInstanceOf(Open.class);
    }

    @Test
    void anImageThatOneEnvironmentsOwnValuesNameIsRefusedWithItsPlaceAndWhoMayAllowIt() {
        String evil = "sha256:" + "e".repeat(64);

        Closed closed =
                (Closed) HostileValues.ask(gate, "image: {repository: evil.example.org/x, digest: \"" + evil + "\"}\n");

        assertThat(closed.reason())
                .startsWith("Deployment/api spec.template.spec.initContainers[0].image is 'evil.example.org/x@" + evil
                        + "': the release is registry.example.org/acme/api@sha256:");
        assertThat(closed.whatOpensIt())
                .contains("remove 'image' from the values of api")
                .contains("an admin");
    }

    @Test
    void aLabelThatClaimsAnotherTenantIsRefused() {
        Map<String, Object> template = Map.of(
                "metadata", Map.of("labels", Map.of("imaas.io/tenant", "payments")), "spec", Map.of("x", List.of()));
        Closed closed = (Closed) HostileValues.askAbout(
                gate, "apps/v1", "Deployment", "api", Map.of("spec", Map.of("template", template)));

        assertThat(closed.reason()).contains("spec.template.metadata.labels.imaas.io/tenant is 'payments'");
    }

    @Test
    void anObjectCalledLikeAnotherServiceOrInAnotherNamespaceIsRefused() {
        Closed closed = (Closed) HostileValues.askAbout(
                gate,
                "v1",
                "ConfigMap",
                "sync",
                Map.of("metadata", Map.of("name", "sync", "namespace", "payments-prod")));

        assertThat(closed.reason())
                .contains("ConfigMap/sync metadata.labels.imaas.io/tenant is missing")
                .contains("metadata.namespace is 'payments-prod': the tenant's namespace here is orders-test")
                .contains("metadata.name is 'sync'");
    }

    @Test
    void containersOfJobsAndCronJobsAndEphemeralOnesAreLookedAtToo() {
        Map<String, Object> pod =
                Map.of("spec", Map.of("ephemeralContainers", List.of(Map.of("name", "x", "image", "evil"))));
        Closed closed = (Closed) HostileValues.askAbout(
                gate,
                "batch/v1",
                "CronJob",
                "api",
                Map.of("spec", Map.of("jobTemplate", Map.of("spec", Map.of("template", pod)))));

        assertThat(closed.reason())
                .contains("spec.jobTemplate.spec.template.spec.ephemeralContainers[0].image is 'evil'");
    }
}
