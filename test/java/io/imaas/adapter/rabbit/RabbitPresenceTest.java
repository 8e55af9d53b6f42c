package io.imaas.adapter.rabbit;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.identity.Secret;
import io.imaas.testing.Await;
import io.imaas.testing.Wires;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NeedsBroker.class)
class RabbitPresenceTest {
    private static final String PREFIX = "test-presence.";

    private static RabbitLink link(String address, RabbitPresence presence) {
        RabbitLink link = new RabbitLink(new Secret(address), List.of(presence));
        link.start();
        return link;
    }

    @Test
    @SuppressWarnings("try")
    void aProcessIsGoneWhenItsConnectionIsAndDoesNotComeBack() {
        RabbitPresence one = new RabbitPresence(PREFIX, Duration.ZERO);
        RabbitPresence patient = new RabbitPresence(PREFIX, Duration.ofDays(1));
        RabbitPresence two = new RabbitPresence(PREFIX, Duration.ZERO);
        try (Broker broker = Broker.own();
                RabbitLink first = link(broker.address(), one);
                RabbitLink waiting = link(broker.address(), patient);
                Wires wires = broker.wires()) {
            assertThat(one.isGone(one.own())).isFalse();
            try (RabbitLink second = link(broker.through(wires), two)) {
                Await.until(() -> !one.isGone(two.own()) && two.isGone("nobody"));
                for (int i = 0; i < 5; i++) {
                    assertThat(one.isGone(two.own())).isFalse();
                }
                wires.cut();
                Await.until(() -> one.isGone(two.own()));
                assertThat(patient.isGone(two.own())).isFalse();
                wires.restore();
                Await.until(() -> !one.isGone(two.own()));
            }
            Await.until(() -> one.isGone(two.own()));
            broker.cut();
            Await.until(() -> !one.isGone(two.own()));
        }
    }
}
