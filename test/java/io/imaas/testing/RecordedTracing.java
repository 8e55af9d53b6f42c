package io.imaas.testing;

import io.imaas.model.event.TraceParent;
import io.imaas.port.Tracing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Spans as they ended, for tests to look at. Each has an id of its own. */
public final class RecordedTracing implements Tracing {
    private final AtomicInteger count = new AtomicInteger();
    private final List<Ended> ended = new CopyOnWriteArrayList<>();

    /** @param parent empty: it began its trace */
    public record Ended(String name, Optional<TraceParent> parent, TraceParent own, String failure) {}

    /** In the order of their ends. */
    public List<Ended> ended() {
        return List.copyOf(ended);
    }

    @Override
    public Span begin(String name, Optional<TraceParent> parent, Instant at) {
        int number = count.incrementAndGet();
        String trace = parent.map(TraceParent::trace).orElseGet(() -> String.format("%032x", number));
        TraceParent own = new TraceParent("00-" + trace + "-" + String.format("%016x", number) + "-01");
        return new Span() {
            @Override
            public Optional<TraceParent> context() {
                return Optional.of(own);
            }

            @Override
            public void end(Instant end, Map<String, String> facts, String failure) {
                ended.add(new Ended(name, parent, own, failure));
            }
        };
    }
}
