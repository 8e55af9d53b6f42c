package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.rollout.Release;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A build learns its release last: what it would run is asked for when it is about to land. */
class ReleaseOfABuildTest {
    private static final EnvironmentName DEV = new EnvironmentName("dev");

    @TempDir
    Path folder;

    private World world;
    private CommitId before;
    private Release next;

    @BeforeEach
    void releasedOnce() {
        world = new World(folder, Map.of("order-api", "repository: https://github.com/acme/order-api.git"));
        world.released("dev", world.release("1.0.0", null));
        next = world.release("2.0.0", null);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aReleaseThatFitsLands() {
        values("replicas: 2");

        assertThat(world.releasedByABuild("dev", next)).isNotEqualTo(before);
        assertThat(world.head(DEV)).isNotEqualTo(before);
    }

    @Test
    void aReleaseBeyondTheQuotaIsRefusedAndNothingIsCommitted() {
        values("replicas: 60");

        assertThatThrownBy(() -> world.releasedByABuild("dev", next)).satisfies(thrown -> {
            FailureException refused = (FailureException) thrown;
            assertThat(refused.failure().kind()).isEqualTo(FailureKind.POLICY);
            assertThat(refused.failure().what()).contains("60 pods of 40");
            assertThat(refused.failure().suggestion()).contains("tenants/orders.yaml");
        });
        assertThat(world.head(DEV)).isEqualTo(before);
    }

    @Test
    void valuesThatTheChartRefusesAreToldBeforeTheyLand() {
        values("replicas: many");

        assertThatThrownBy(() -> world.releasedByABuild("dev", next))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("replicas");
        assertThat(world.head(DEV)).isEqualTo(before);
    }

    private void values(String more) {
        before = world.byHand(
                "dev",
                "Set values",
                Map.of(
                        "services/order-api/values.yaml",
                        "tenant: orders\nservice: order-api\ntype: gateway\n" + more + "\n",
                        "services/order-api/env/dev.yaml",
                        "environment: dev\n"));
    }
}
