package io.imaas.adapter.rabbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.model.event.CloudEvent.StoredEvent;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Secret;
import io.imaas.port.EventLog;
import io.imaas.port.EventLogContract;
import io.imaas.testing.Await;
import io.imaas.testing.Wires;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** On the broker that {@code IMAAS_RABBITMQ} names; behind a wire that can be cut. */
@ExtendWith(NeedsBroker.class)
class RabbitEventLogTest extends EventLogContract {
    private final Broker broker = Broker.own();

    @Override
    protected EventLog open() {
        return broker.log();
    }

    @Override
    protected void lose() {
        broker.clean();
    }

    /** A stream is another one though it has more messages by now than the one before had. */
    @Test
    void aStreamThatIsMadeAnewWhileAServerIsAwayIsReadFromItsBeginning() {
        log.append(List.of(event("a"))).join();
        long before = log.last();
        Wires own = broker.wires();
        try (EventLog other = broker.log(own)) {
            own.cut();
            lose();
            Await.until(() -> !refuses("b"));
            for (int i = 0; i < 20; i++) {
                log.append(List.of(event("c" + i))).join();
            }
            own.restore();
            Await.until(() -> other.last() == log.last());
            assertThat(other.after(before, 100))
                    .isEqualTo(log.after(before, 100))
                    .hasSizeGreaterThan(20);
        }
        own.close();
    }

    @AfterEach
    void leave() {
        broker.close();
    }

    @Test
    void pagesOfLongAgoComeFromTheBroker() {
        List<CompletableFuture<Integer>> kept = new ArrayList<>();
        for (int i = 0; i < 11_000; i++) {
            kept.add(log.append(List.of(event("e" + i), event("e" + i / 2))));
        }
        kept.forEach(CompletableFuture::join);
        List<String> all = new ArrayList<>();
        long position = 0;
        for (List<StoredEvent> page = log.after(0, 4_000); !page.isEmpty(); page = log.after(position, 4_000)) {
            page.forEach(stored -> all.add(stored.event().id()));
            position = page.get(page.size() - 1).position();
        }
        assertThat(all)
                .containsExactlyElementsOf(
                        IntStream.range(0, 11_000).mapToObj(i -> "e" + i).toList());
    }

    @Test
    void twoServersSeeTheSameEventsAtTheSamePositionsAndOneOfThemIsTheFirst() {
        try (EventLog other = broker.log()) {
            List<CompletableFuture<Integer>> kept = IntStream.range(0, 500)
                    .parallel()
                    .boxed()
                    .flatMap(i -> List.of(log, other).stream().map(one -> one.append(List.of(event("e" + i)))))
                    .toList();
            assertThat(kept.stream().mapToInt(CompletableFuture::join).sum()).isEqualTo(500);
            Await.until(() -> other.last() == log.last());
            assertThat(other.after(0, 1_000)).hasSize(500).isEqualTo(log.after(0, 1_000));
        }
    }

    @Test
    void whileTheBrokerIsGoneWhatIsKnownIsReadAndNothingIsTakenThatCouldGetLost() {
        log.append(List.of(event("a"))).join();
        broker.cut();
        Await.until(() -> refuses("b"));
        assertThat(idsAfter(0, 10)).containsExactly("a");
        broker.restore();
        Await.until(() -> !refuses("c"));
        assertThat(log.append(List.of(event("a"), event("c"))).join()).isZero();
        reopen();
        assertThat(idsAfter(0, 10)).containsExactly("a", "c");
    }

    private boolean refuses(String id) {
        try {
            log.append(List.of(event(id))).join();
            return false;
        } catch (CompletionException e) {
            assertThat(((FailureException) e.getCause()).failure().kind()).isEqualTo(FailureKind.EXTERNAL);
            return true;
        }
    }

    @Test
    void whatIsSentWhileTheBrokerComesAndGoesIsThereOnceWhenItWasAcknowledged() throws Exception {
        List<String> acknowledged = new ArrayList<>();
        Thread breaking = new Thread(() -> {
            for (int i = 0; i < 5; i++) {
                broker.cut();
                broker.restore();
                int known = i;
                Await.until(() -> acknowledged(acknowledged) > known * 200);
            }
        });
        breaking.start();
        for (int i = 0; i < 1_500; i++) {
            String id = "e" + i;
            Await.until(() -> !refuses(id));
            synchronized (acknowledged) {
                acknowledged.add(id);
            }
        }
        breaking.join();
        reopen();
        assertThat(idsAfter(0, 5_000)).containsExactlyElementsOf(acknowledged);
    }

    private static int acknowledged(List<String> ids) {
        synchronized (ids) {
            return ids.size();
        }
    }

    @Test
    void whatIsNoAddressOfABrokerIsRefused() {
        assertThatThrownBy(() -> RabbitEventLog.open(new Secret("http://rabbit"), "", Broker.KEEP, Broker.KEEP))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.INPUT));
    }
}
