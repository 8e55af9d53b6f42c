package io.imaas.adapter.rabbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.imaas.port.Shares;
import io.imaas.testing.Await;
import io.imaas.testing.Wires;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NeedsBroker.class)
class RabbitSharesTest {
    private final Broker broker = Broker.own();
    private final List<Server> servers = new ArrayList<>();

    /** Has a wire of its own. */
    private final class Server implements Shares.Holder {
        private final Set<Integer> held = ConcurrentHashMap.newKeySet();
        private final Wires wires = broker.wires();
        private final RabbitEventLog log = broker.log(wires);

        Server() {
            servers.add(this);
            log.shares().start(this);
        }

        @Override
        public void gained(int share) {
            held.add(share);
        }

        @Override
        public void lost(int share) {
            held.remove(share);
        }

        void end() {
            log.close();
            wires.close();
        }
    }

    @AfterEach
    void end() {
        servers.forEach(Server::end);
        broker.close();
    }

    /** All are held, none twice, and nobody has more than its part. */
    private void shared(Server... among) {
        int part = (RabbitShares.COUNT + among.length - 1) / among.length;
        Await.until(() -> {
            List<Integer> all =
                    Stream.of(among).flatMap(server -> server.held.stream()).toList();
            return all.size() == RabbitShares.COUNT
                    && new HashSet<>(all).size() == RabbitShares.COUNT
                    && Stream.of(among).allMatch(server -> server.held.size() <= part);
        });
    }

    @Test
    void everyServerGetsItsPartAndTheOthersTakeItWhenOneIsGone() {
        Server one = new Server();
        shared(one);
        Server two = new Server();
        shared(one, two);
        Server three = new Server();
        shared(one, two, three);
        two.wires.cut();
        shared(one, three);
        assertThat(two.held).isEmpty();
        two.wires.restore();
        shared(one, two, three);
        one.end();
        servers.remove(one);
        shared(two, three);
    }

    /** A broker that does not answer is still asked when the server has stopped. */
    @Test
    void aConnectionThatEndsAfterTheServerBreaksNothing() {
        RabbitShares shares = new RabbitShares("stopped.");
        shares.end();
        assertThatCode(shares::lost).doesNotThrowAnyException();
    }
}
