package io.imaas.plan.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.image.ImageRef;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.Manifests;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.tenancy.MigrationTool;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.gate.Answer.Closed;
import io.imaas.plan.gate.Answer.Open;
import io.imaas.plan.promotion.Scene;
import io.imaas.plan.snapshot.RenderFacts;
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
                        + "': the release is registry.example.org/acme/orders/api@sha256:");
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
    void theMigrationsImageRunsInItsJobAloneAndOnlyWhereAnAdminListedIt() {
        ImageRef image = MigrationGateTest.migration(Map.of("V1__a.sql", "x")).image();
        Map<String, Object> fields = Map.of(
                "metadata",
                Map.of(
                        "labels",
                        Map.of("imaas.io/tenant", "orders", "imaas.io/service", "api", "imaas.io/environment", "test")),
                "spec",
                Map.of("containers", List.of(Map.of("image", image.toString()))));

        assertThat(migrating("Job", List.of(image), fields)).isInstanceOf(Open.class);
        assertThat(migrating("Job", List.of(), fields)).isInstanceOf(Closed.class);
        assertThat(migrating("Deployment", List.of(image), fields)).isInstanceOf(Closed.class);
        assertThat(HostileValues.askAbout(gate, "batch/v1", "Job", "api-migration", fields))
                .isInstanceOf(Closed.class);
    }

    private Answer migrating(String kind, List<ImageRef> listed, Map<String, Object> fields) {
        Scene scene = new Scene()
                .runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY)
                .migration("api", "dev", MigrationGateTest.migration(Map.of("V1__a.sql", "x")))
                .listing(Map.of(MigrationTool.FLYWAY, listed));
        Manifest manifest = new Manifest("batch/v1", kind, "orders-test", "api-migration", "", fields);
        scene.rendered(new RenderFacts(
                new ServiceName("api"), "", List.of(), List.of(), new Manifests(List.of(manifest)), null, List.of()));
        return gate.ask(scene.question(Occasion.PROMOTION, "api", "dev", "test"));
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
