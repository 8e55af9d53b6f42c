package io.imaas.app.reaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.catalog.CatalogReader;
import io.imaas.model.event.CloudEvent;
import io.imaas.model.tenancy.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CausesTest {
    private static final String PREVIEWS = "previews: {quota: {cpu: 1, memory: 1Gi, pods: 2}}\n";
    private static final Task SWEEP = Task.of(Reaction.PREVIEW);

    private final Causes causes = new Causes(Set.of(Reaction.PREVIEW));

    private static Tenant tenant(String more) {
        return CatalogReader.read(Map.of(
                        "platform.yaml",
                        "platform: acme\nregistries: [registry.example.org/acme]\n",
                        "tenants/orders.yaml",
                        "tenant: orders\nowners: [\"@acme/leads\"]\ncontact: a@example.org\n"
                                + "gitops: https://example.org/orders.git\nquota: {cpu: 8, memory: 16Gi, pods: 40}\n"
                                + more))
                .orThrow()
                .tenants()
                .get(0);
    }

    private List<Task> on(String type, String more) {
        return causes.of(
                tenant(more),
                new CloudEvent(
                        "1", "/hooks/github", type, "https://example.org/a.git", Instant.EPOCH, "orders", Map.of()));
    }

    @Test
    void aPullRequestThatIsOverIsAReasonToLookAtThePreviews() {
        assertThat(on("pull-request.closed", PREVIEWS)).containsExactly(SWEEP);
        assertThat(on("pull-request.merged", PREVIEWS)).containsExactly(SWEEP);
        assertThat(on("pull-request.opened", PREVIEWS)).isEmpty();
        assertThat(on("pull-request.closed", ""))
                .as("who has no previews has none to remove")
                .isEmpty();
    }

    @Test
    void theTimerLooksAtThemToo() {
        assertThat(causes.all(tenant(PREVIEWS))).containsExactly(SWEEP);
        assertThat(causes.all(tenant("")))
                .as("what a tenant left that has none any more")
                .containsExactly(SWEEP);
    }
}
