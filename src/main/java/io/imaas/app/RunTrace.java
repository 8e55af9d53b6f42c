package io.imaas.app;

import io.imaas.model.event.TraceParent;
import io.imaas.model.failure.Failure;
import io.imaas.model.rollout.Trailers;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.port.Clock;
import io.imaas.port.GitRepository;
import io.imaas.port.Tracing;
import io.imaas.run.Event;
import io.imaas.run.EventSink;
import io.imaas.run.Outcome;
import io.imaas.run.RunResult;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** One run in a trace: a span for the run, and one for each of its steps when it has ended. */
record RunTrace(Tracing tracing, Tracing.Span span, Map<String, String> facts, Clock clock) {
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
                ports.clock());
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

    /** What hears of the run's steps, with their spans. */
    EventSink telling(EventSink sink) {
        return event -> {
            sink.accept(event);
            if (event instanceof Event.StepEnded ended) {
                tracing.begin(ended.step().title(), span.context(), ended.at().minus(ended.took()))
                        .end(
                                ended.at(),
                                Map.of("imaas.step", ended.step().id()),
                                ended.outcome() instanceof Outcome.Failed failed
                                        ? failed.failure().sentence()
                                        : "");
            }
        };
    }

    void end(RunResult result) {
        span.end(
                clock.now(),
                facts,
                result.status() == RunResult.Status.FAILED
                        ? result.failures().stream()
                                .findFirst()
                                .map(Failure::sentence)
                                .orElse("failed")
                        : "");
    }
}
