package io.imaas.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.event.CloudEvent;
import io.imaas.model.event.CloudEvent.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every log of events does, whatever keeps it. */
public abstract class EventLogContract {
    protected EventLog log;

    /** Opens the same log again each time. */
    protected abstract EventLog open();

    /** Loses what the log has, with all that knows of it. */
    protected abstract void lose() throws Exception;

    public static CloudEvent event(String id) {
        return new CloudEvent(
                id,
                "/hooks/github",
                "branch.pushed",
                "https://git.example/orders.git",
                Instant.parse("2026-11-20T10:00:00Z"),
                "orders",
                Map.of("branch", "dev"));
    }

    @BeforeEach
    void openIt() {
        log = open();
    }

    @AfterEach
    void closeIt() {
        log.close();
    }

    protected void reopen() {
        log.close();
        log = open();
    }

    protected List<String> idsAfter(long position, int limit) {
        return log.after(position, limit).stream()
                .map(stored -> stored.event().id())
                .toList();
    }

    @Test
    void eventsComeBackInOrderPageByPageAndAsTheyWere() {
        for (int i = 1; i <= 5; i++) {
            log.append(List.of(event("e" + i))).join();
        }
        List<StoredEvent> first = log.after(0, 2);
        assertThat(first).extracting(StoredEvent::event).containsExactly(event("e1"), event("e2"));
        assertThat(idsAfter(first.get(1).position(), 10)).containsExactly("e3", "e4", "e5");
        assertThat(log.after(log.last(), 10)).isEmpty();
        assertThat(log.before(Long.MAX_VALUE, 2))
                .extracting(StoredEvent::event)
                .containsExactly(event("e5"), event("e4"));
        assertThat(log.before(first.get(1).position(), 10)).containsExactly(first.get(0));
    }

    @Test
    void anEventThatComesAgainIsNotAddedAgain() {
        assertThat(log.append(List.of(event("a"))).join()).isEqualTo(1);
        for (int i = 0; i < 100; i++) {
            assertThat(log.append(List.of(event("a"))).join()).isZero();
        }
        assertThat(log.append(List.of(event("a"), event("b"))).join()).isEqualTo(1);
        assertThat(idsAfter(0, 10)).containsExactly("a", "b");
    }

    @Test
    void manyWritersLoseNothing() {
        List<CompletableFuture<Integer>> kept = IntStream.range(0, 2_000)
                .parallel()
                .mapToObj(i -> log.append(List.of(event("e" + i))))
                .toList();
        assertThat(kept.stream().mapToInt(CompletableFuture::join).sum()).isEqualTo(2_000);
        List<Long> positions =
                log.after(0, 5_000).stream().map(StoredEvent::position).toList();
        assertThat(positions).hasSize(2_000).isSorted().doesNotHaveDuplicates();
        assertThat(log.waiting()).isZero();
    }

    @Test
    void eventsAndPositionsOutliveARestart() {
        log.append(List.of(event("a"), event("b"))).join();
        long first = log.after(0, 1).get(0).position();
        log.advance("reactions", first);
        reopen();
        assertThat(log.position("reactions")).isEqualTo(first);
        assertThat(log.position("somebody else")).isZero();
        assertThat(idsAfter(first, 10)).containsExactly("b");
        assertThat(log.append(List.of(event("a"))).join()).isZero();
    }

    /** Whoever comes with one of before gets all that is new, and sees that the event it knows is gone. */
    @Test
    void noPositionOfALogThatWasLostIsUsedAgain() throws Exception {
        log.append(List.of(event("a"), event("b"))).join();
        long before = log.last();
        log.close();
        lose();
        log = open();
        assertThat(log.after(before, 10)).isEmpty();
        log.append(List.of(event("a"), event("c"), event("d"))).join();
        assertThat(idsAfter(before, 10)).containsExactly("a", "c", "d");
        assertThat(log.after(before - 1, 1)).extracting(StoredEvent::position).doesNotContain(before);
    }

    @Test
    void aPositionNeverGoesBack() {
        List<CloudEvent> events = new ArrayList<>(List.of(event("a"), event("b")));
        log.append(events).join();
        log.advance("reactions", log.last());
        log.advance("reactions", 0);
        reopen();
        assertThat(log.position("reactions")).isEqualTo(log.last());
    }
}
