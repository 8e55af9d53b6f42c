package io.imaas.plan.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.tenancy.Window;
import io.imaas.model.tenancy.Windows;
import io.imaas.plan.promotion.Scene;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowGateTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** The scene's clock stands at Friday, 2026-11-20, 10:00 UTC. */
    private static List<GateAnswer> asked(String allowed) {
        Windows windows =
                new Windows(List.of(new Windows.Rule(List.of(Window.parse(allowed, BERLIN)), List.of())), false);
        return new Scene()
                .windows("test", windows)
                .runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY)
                .promote("dev", "test")
                .gates();
    }

    private static GateAnswer window(List<GateAnswer> gates) {
        return gates.stream()
                .filter(gate -> gate.gate().equals("window"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aClosedWindowSaysWhenItOpens() {
        GateAnswer gate = window(asked("Mon-Thu 09:00-16:00"));

        assertThat(gate.closed()).isTrue();
        assertThat(gate.found()).isEqualTo("no change in test now: only Mon-Thu 09:00-16:00 (Europe/Berlin)");
        assertThat(gate.askAgainAt()).isEqualTo("2026-11-23T08:00:00Z");
        assertThat(gate.waitsFor()).isEqualTo(Answer.WaitsFor.TIME);
    }

    @Test
    void anOpenWindowSaysSo() {
        assertThat(window(asked("daily")).found()).isEqualTo("within the hours of test");
    }
}
