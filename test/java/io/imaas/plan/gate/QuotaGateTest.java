package io.imaas.plan.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.kubernetes.Demand;
import io.imaas.model.kubernetes.Quantity;
import io.imaas.model.kubernetes.Workload;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.plan.promotion.Scene;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The quota of the scene is 8 CPU, 16Gi and 40 pods. */
class QuotaGateTest {
    @Test
    void whatFitsSaysHowMuchIsUsed() {
        GateAnswer gate = gate(
                List.of(pods("api", 2, "500m", "1Gi", true)),
                List.of(pods("api", 3, "500m", "1Gi", true)),
                List.of(pods("sync", 1, "1", "2Gi", true)));

        assertThat(gate.closed()).isFalse();
        assertThat(gate.found()).isEqualTo("4 of 40 pods, 2500m of 8 CPU, 5Gi of 16Gi memory; 5 pods while it updates");
    }

    @Test
    void whatAllServicesNeedTogetherIsCounted() {
        GateAnswer gate = gate(
                List.of(pods("api", 1, "1", "1Gi", true)),
                List.of(pods("api", 3, "2", "4Gi", true)),
                List.of(pods("sync", 3, "1", "2Gi", true)));

        assertThat(gate.closed()).isTrue();
        assertThat(gate.found())
                .isEqualTo("needs 9 CPU of 8 and 18Gi requested memory of 16Gi and memory limits of 18Gi of 16Gi");
        assertThat(gate.opening())
                .isEqualTo("raise the quota in tenants/orders.yaml to at least cpu: 10, memory: 19Gi,"
                        + " or lower replicas or resources");
    }

    @Test
    void anUpdateThatStartsAPodFirstNeedsRoomForIt() {
        GateAnswer gate =
                gate(List.of(pods("api", 4, "2", "1Gi", true)), List.of(pods("api", 4, "2", "1Gi", true)), List.of());

        assertThat(gate.closed()).isTrue();
        assertThat(gate.found()).contains("starts a pod before it ends one", "10 CPU of 8");
    }

    @Test
    void anUpdateThatEndsAPodFirstNeedsNone() {
        assertThat(gate(
                                List.of(pods("api", 4, "2", "1Gi", false)),
                                List.of(pods("api", 4, "2", "1Gi", false)),
                                List.of())
                        .closed())
                .isFalse();
    }

    @Test
    void aFirstReleaseHasNothingToUpdate() {
        assertThat(gate(List.of(), List.of(pods("api", 4, "2", "1Gi", true)), List.of())
                        .closed())
                .isFalse();
    }

    @Test
    void whileAServiceGrowsItsOldPodsCountAsWell() {
        GateAnswer gate =
                gate(List.of(pods("api", 2, "3", "1Gi", true)), List.of(pods("api", 2, "1", "1Gi", true)), List.of());

        assertThat(gate.closed()).isFalse();
        assertThat(gate.found()).contains("2 of 8 CPU");
        assertThat(gate(List.of(pods("api", 2, "1", "1Gi", true)), List.of(pods("api", 2, "4", "1Gi", true)), List.of())
                        .found())
                .contains("9 CPU of 8");
    }

    @Test
    void whatCouldNotBeCountedIsSaid() {
        Workload daemon = new Workload(
                "DaemonSet", "api", pods("api", 1, "1", "1Gi", false).pod(), 1, false, "as one pod");
        assertThat(gate(List.of(), List.of(daemon), List.of()).found()).endsWith("; api: as one pod");
    }

    @Test
    void withoutARenderedChartNothingIsSaid() {
        Scene scene = new Scene().runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY);
        assertThat(scene.promote("dev", "test").gates())
                .noneMatch(gate -> gate.gate().equals("quota"));
    }

    /** The gate against the same sum in whole thousandths and bytes. */
    @Property
    void theGateIsOpenExactlyWhenEveryMomentFits(
            @ForAll @IntRange(max = 12) int pods,
            @ForAll @IntRange(max = 12) int others,
            @ForAll @IntRange(min = 1, max = 4000) int milli,
            @ForAll @IntRange(min = 1, max = 8192) int mebi,
            @ForAll @IntRange(max = 6) int before,
            @ForAll boolean surges) {
        List<Workload> old = before == 0 ? List.of() : List.of(pods("api", before, milli + "m", mebi + "Mi", surges));
        GateAnswer gate = gate(
                old,
                List.of(pods("api", pods, milli + "m", mebi + "Mi", surges)),
                List.of(pods("sync", others, "250m", "512Mi", true)));

        long most = surges && before > 0 ? Math.max(pods, before) + 1 : pods;
        boolean fits =
                most + others <= 40 && most * milli + others * 250L <= 8000 && most * mebi + others * 512L <= 16 * 1024;
        assertThat(gate.closed()).as(gate.found()).isEqualTo(!fits);
    }

    private static GateAnswer gate(List<Workload> now, List<Workload> then, List<Workload> others) {
        Scene scene = new Scene()
                .runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY)
                .runsNow("api", now.toArray(Workload[]::new))
                .runsNow("sync", others.toArray(Workload[]::new))
                .wouldRun("api", then.toArray(Workload[]::new));
        return scene.promote("dev", "test").gates().stream()
                .filter(gate -> gate.gate().equals("quota"))
                .findFirst()
                .orElseThrow();
    }

    private static Workload pods(String name, int replicas, String cpu, String memory, boolean surges) {
        Quantity bytes = Quantity.parse(memory);
        return new Workload("Deployment", name, new Demand(1, Quantity.parse(cpu), bytes, bytes), replicas, surges, "");
    }
}
