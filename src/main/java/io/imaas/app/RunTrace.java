package io.imaas.app;

import io.imaas.model.event.TraceParent;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Failure;
import io.imaas.model.rollout.Trailers;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.port.Clock;
import io.imaas.port.GitRepository;
import io.imaas.port.Tracing;
import io.imaas.run.Event;
import io.imaas.run.Event.EventSink;
import io.imaas.run.Outcome;
import io.imaas.run.RunResult;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One run in a trace: a span for the run, and one for each of its steps. A run that nothing set off, that did nothing and of
 * which nothing failed is told nobody: those who look every few minutes would bury the runs that did something. Of the others
 * each step is told when it ends.
 *
 * @param steps that ended and are not told yet
 * @param told whether it is told: it is part of a trace that something else began, or it did something
 */
record RunTrace(
        Tracing tracing,
        Tracing.Span span,
        Map<String, String> facts,
        Clock clock,
        Queue<Event.StepEnded> steps,
        AtomicBoolean told) {
    /**
     * Begins it.
     *
     * @param cause what set it off, unless it follows a commit that names a trace itself
     */
    static RunTrace begin(Ports ports, IntendedPlan plan, Optional<TraceParent> cause) {
        Tracing tracing = ports.find(Tracing.class).orElse(Tracing.NONE);
        String tenant = plan.tenant().name().value();
        return new RunTrace(
                tracing,
                tracing.begin(
                        plan.intent().word() + " " + tenant,
                        tracing == Tracing.NONE ? cause : followed(ports, plan).or(() -> cause),
                        ports.clock().now()),
                Map.of(
                        "imaas.tenant",
                        tenant,
                        "imaas.services",
                        plan.services().toString(),
                        "imaas.summary",
                        plan.summary()),
                ports.clock(),
                new ConcurrentLinkedQueue<>(),
                new AtomicBoolean(cause.isPresent()));
    }

    /** The trace of the commit whose rollout is awaited. */
    private static Optional<TraceParent> followed(Ports ports, IntendedPlan plan) {
        GitRepository repository = ports.gitops(plan.tenant());
        return plan.plan()
                .steps()
                .filter(AwaitRollout.class::isInstance)
                .map(step -> ((AwaitRollout) step).commit())
                .filter(Objects::nonNull)
                .findFirst()
                .flatMap(commit -> repository.between(null, commit, 1).stream().findFirst())
                .flatMap(commit -> TraceParent.find(commit.trailers().get(Trailers.TRACE)));
    }

    /** What hears of the run's steps, for their spans. */
    EventSink telling(EventSink sink) {
        return event -> {
            sink.accept(event);
            if (event instanceof Event.StepEnded ended) {
                steps.add(ended);
                if (isWorthTelling(ended)) {
                    told.set(true);
                }
                tell();
            }
        };
    }

    private void tell() {
        for (Event.StepEnded next; told.get() && (next = steps.poll()) != null; ) {
            tracing.begin(next.step().title(), span.context(), next.at().minus(next.took()))
                    .end(next.at(), Map.of("imaas.step", next.step().id()), failure(next));
        }
    }

    void end(RunResult result) {
        end(
                result.status() == RunResult.Status.FAILED
                        ? result.failures().stream()
                                .findFirst()
                                .map(Failure::sentence)
                                .orElse("failed")
                        : "");
    }

    /** @param failure why the run failed; empty when it did not */
    void end(String failure) {
        if (!failure.isEmpty()) {
            told.set(true);
        }
        tell();
        if (told.get()) {
            span.end(clock.now(), facts, failure);
        }
    }

    private static boolean isWorthTelling(Event.StepEnded ended) {
        return ended.outcome() instanceof Outcome.Failed
                || ended.outcome().effects().stream().anyMatch(Effect::isChange);
    }

    private static String failure(Event.StepEnded ended) {
        return ended.outcome() instanceof Outcome.Failed failed
                ? failed.failure().sentence()
                : "";
    }
}
