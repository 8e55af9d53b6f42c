package io.imaas.plan.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.imaas.model.image.Digest;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.tenancy.ImagePolicy;
import io.imaas.model.tenancy.Keyless;
import io.imaas.plan.promotion.Scene;
import io.imaas.plan.snapshot.ImageFacts;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SbomGateTest {
    @Test
    void anImageWithoutASignedBillOfMaterialsIsNotPromotedWhereThePlatformWantsOne() {
        Scene wanting = new Scene()
                .images(new ImagePolicy(false, List.of(), Keyless.NONE, Set.of(), true, null))
                .runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY);
        Digest digest = wanting.release("api", "1.0.0").image().digest();
        wanting.image(new ImageFacts(digest, true, List.of(), List.of(), List.of(), List.of(), List.of(), null));
        assertThat(wanting.promote("dev", "test").closedGates())
                .extracting(GateAnswer::gate, GateAnswer::found)
                .containsExactly(tuple("sbom", "no orchestrator signed a bill of materials of the image"));

        Scene billed = new Scene()
                .images(new ImagePolicy(false, List.of(), Keyless.NONE, Set.of(), true, null))
                .runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY);
        billed.image(new ImageFacts(
                digest, true, List.of(), List.of(), List.of(), List.of("c".repeat(64)), List.of(), null));
        assertThat(billed.promote("dev", "test").closedGates()).isEmpty();
    }
}
