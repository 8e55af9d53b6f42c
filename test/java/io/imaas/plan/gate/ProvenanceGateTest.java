package io.imaas.plan.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.tenancy.ImagePolicy;
import io.imaas.model.tenancy.ImagePolicy.BuiltFor;
import io.imaas.model.tenancy.Keyless;
import io.imaas.plan.promotion.Scene;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProvenanceGateTest {
    private final Scene scene = new Scene()
            .images(new ImagePolicy(false, List.of(), Keyless.NONE, Set.of(BuiltFor.BRANCH), false, null))
            .runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY);

    @Test
    void anImageOfTheServicesOwnRepositoryAndABranchPasses() {
        scene.built("api", "1.0.0", "https://git.example.org/orders.git", "refs/heads/dev", "passed");

        assertThat(scene.promote("dev", "test").gates())
                .filteredOn(gate -> gate.gate().equals("provenance"))
                .extracting(GateAnswer::found)
                .containsExactly("built from https://git.example.org/orders.git@aaaaaaaaaa (refs/heads/dev)");
    }

    @Test
    void anImageOfWhichNobodySignedFromWhatItWasBuiltIsRefused() {
        assertThat(refusal()).isEqualTo("no orchestrator signed which sources the image was built from");
        // One of another service of the same repository, of the same digest: it was pushed to this one's place.
        scene.built("bqi", "1.0.0", "https://git.example.org/orders.git", "refs/heads/dev", "passed");
        assertThat(refusal()).isEqualTo("no orchestrator signed which sources the image was built from");
    }

    @Test
    void anImageOfATagOrOfAPullRequestIsRefusedWhereOnlyBranchesCount() {
        for (String ref : List.of("refs/tags/v1", "refs/pull/7/head", "nonsense")) {
            scene.built("api", "1.0.0", "https://git.example.org/orders.git", ref, "passed");
            assertThat(refusal()).isEqualTo("it was built for " + ref + ", which the platform does not allow to run");
        }
    }

    @Test
    void anImageOfAnotherRepositoryIsRefused() {
        scene.built("api", "1.0.0", "https://git.example.org/evil/api.git", "refs/heads/dev", "passed");
        assertThat(refusal()).startsWith("it was built from another repository: https://git.example.org/evil/api.git@");
    }

    private String refusal() {
        GateAnswer gate = scene.promote("dev", "test").closedGates().get(0);
        assertThat(gate.gate()).isEqualTo("provenance");
        assertThat(gate.opening()).startsWith("imaas deliver --service api");
        return gate.found();
    }
}
