package io.imaas.plan.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.rollout.Trailers;
import io.imaas.model.tenancy.ServiceName;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GateTrailersTest {
    private final ServiceName api = new ServiceName("api");
    private final ServiceName sync = new ServiceName("sync");

    @Test
    void ofSeveralServicesEachIsToldWhatWasFoundOfIt() {
        Trailers both = Trailers.NONE
                .with(Trailers.SERVICE, "api, sync")
                .and(GateTrailers.of(
                        List.of(
                                answer("approval", "api 1.1.0 -> prod", "approved by @ann; @cy is out", api),
                                answer("approval", "sync 2.0.0 -> prod", "approved by @bob", sync),
                                answer("quota", "orders -> prod", "3 of 8 pods", api, sync),
                                answer("hold", "sync -> prod", "none", sync)),
                        List.of(api, sync)));

        Trailers own = GateTrailers.about(api, both);
        assertThat(own.get(Trailers.GATE + "approval"))
                .isEqualTo("api 1.1.0 -> prod: open: approved by @ann; @cy is out");
        assertThat(own.get(Trailers.GATE + "quota")).isEqualTo("orders -> prod: open: 3 of 8 pods");
        assertThat(own.lines()).doesNotContainKey(Trailers.GATE + "hold");
        assertThat(own.get(Trailers.APPROVAL_RECORDS)).isEqualTo("approvals/prod/api, approvals/prod/sync");
        assertThat(GateTrailers.about(sync, both).get(Trailers.GATE + "approval"))
                .isEqualTo("sync 2.0.0 -> prod: open: approved by @bob");
    }

    private static GateAnswer answer(String gate, String subject, String found, ServiceName... services) {
        List<String> records = gate.equals("approval") ? List.of("approvals/prod/" + services[0]) : List.of();
        return GateAnswer.of(gate, subject, Stream.of(services).toList(), Answer.open(found, records));
    }
}
