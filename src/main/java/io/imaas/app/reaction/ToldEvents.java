package io.imaas.app.reaction;

import io.imaas.app.Audit;
import io.imaas.model.event.CloudEvent;
import io.imaas.model.event.TraceParent;
import io.imaas.model.failure.Failure;
import io.imaas.model.tenancy.TenantName;
import io.imaas.port.Clock;
import io.imaas.port.EventLog;
import io.imaas.run.RunResult;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** What a task did, as events: {@code review.ended}, {@code promotion.refused}, {@code onboarding.failed}. */
final class ToldEvents {
    static final String SOURCE = "/reactions";

    private static final int MOST = 5;

    private final EventLog log;
    private final Clock clock;
    private final TenantName tenant;
    private final Task task;
    private final BooleanSupplier stopping;
    private final AtomicReference<TraceParent> cause = new AtomicReference<>();
    private volatile Optional<TraceParent> current = Optional.empty();
    private Map<String, String> last = Map.of();

    /** @param stopping whether a shutdown cuts off what is under way: then nothing of it is told */
    ToldEvents(EventLog log, Clock clock, TenantName tenant, Task task, BooleanSupplier stopping) {
        this.stopping = stopping;
        this.log = log;
        this.clock = clock;
        this.tenant = tenant;
        this.task = task;
    }

    /** The trace of the event that is the reason for the task's next turn. */
    void causedBy(Optional<TraceParent> trace) {
        trace.ifPresent(cause::set);
    }

    /** Told once: later turns have reasons of their own. */
    Optional<TraceParent> cause() {
        current = Optional.ofNullable(cause.getAndSet(null));
        return current;
    }

    /** @param changes how many things are different now; 0 when all was right already */
    void ended(String summary, RunResult.Status status, long changes) {
        if (changes > 0 || status != RunResult.Status.SUCCEEDED) {
            tell("ended", Map.of("summary", summary, "changes", String.valueOf(changes), "result", status.name()));
        }
    }

    void refused(String summary, List<Failure> gates) {
        String why = gates.stream().limit(MOST).map(Failure::sentence).collect(Collectors.joining("; "));
        tell("refused", Map.of("summary", summary, "why", why));
    }

    void failed(Failure failure) {
        tell("failed", Map.of("kind", failure.kind().name(), "why", failure.sentence()));
    }

    /** Nothing is told of what is right, unless it was otherwise before. */
    void found(List<Audit.Finding> findings) {
        if (findings.isEmpty() && last.isEmpty()) {
            return;
        }
        long high = findings.stream()
                .filter(one -> one.severity() == Audit.Severity.HIGH)
                .count();
        tell(
                "ended",
                Map.of(
                        "summary",
                        findings.isEmpty()
                                ? "everything is as the platform's files say"
                                : findings.size() + " differences from the platform's files, " + high
                                        + " of them grave",
                        "why",
                        findings.stream()
                                .limit(MOST)
                                .map(Audit.Finding::sentence)
                                .collect(Collectors.joining("; "))));
    }

    private void tell(String verb, Map<String, String> facts) {
        if (stopping.getAsBoolean() || facts.equals(last)) {
            return;
        }
        last = facts;
        Map<String, String> data = new HashMap<>(facts);
        data.put("about", task.about());
        if (task.environment() != null) {
            data.put(CloudEvent.ENVIRONMENT, task.environment().value());
        }
        current.ifPresent(trace -> data.put(TraceParent.NAME, trace.value()));
        Instant now = clock.now();
        String type = task.kind().word() + "." + verb;
        String id =
                String.join("-", "reaction", tenant.value(), type, task.about().replace(' ', '-'), now.toString());
        // Whoever misses it finds the same in Git: nothing waits for it.
        CompletableFuture<Integer> unused =
                log.append(List.of(new CloudEvent(id, SOURCE, type, tenant.value(), now, tenant.value(), data)));
    }
}
