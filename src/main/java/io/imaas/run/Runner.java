package io.imaas.run;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureKind;
import io.imaas.plan.Plan;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.StepGroup;
import io.imaas.port.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Executes plans: one bucket after the other, the steps of a bucket side by side on as many threads as it has steps.
 * Holds no state between runs; a run that was cut off is run again, and every step finds out by itself what is done.
 */
public final class Runner {
    private final StepRunners runners;
    private final Clock clock;
    private final EventSink sink;
    private final RetryPolicy retries;

    public Runner(StepRunners runners, Clock clock, EventSink sink, RetryPolicy retries) {
        this.runners = runners;
        this.clock = clock;
        this.sink = sink;
        this.retries = retries;
    }

    /** Runs a plan to its end. A plan with a closed gate ends at once with one failure a gate. */
    public RunResult run(Plan plan) {
        EventSink events = new SerialSink(sink);
        events.accept(new Event.RunStarted(clock.now(), plan));
        RunResult result = plan.closedGates().isEmpty() ? execute(plan, events) : refused(plan);
        events.accept(new Event.RunEnded(clock.now(), plan, result));
        return result;
    }

    private RunResult execute(Plan plan, EventSink events) {
        StepResults results = new StepResults();
        List<Outcome> outcomes = new ArrayList<>();
        RunResult.Status status = RunResult.Status.SUCCEEDED;
        for (StepGroup planned : plan.buckets()) {
            StepGroup bucket = status == RunResult.Status.FAILED ? lastWords(planned) : planned;
            if (bucket.steps().isEmpty()) {
                continue;
            }
            events.accept(new Event.BucketStarted(clock.now(), bucket.title()));
            List<Outcome> ended = execute(bucket, results, events);
            outcomes.addAll(ended);
            status = worse(status, statusOf(bucket, ended));
        }
        return new RunResult(status, failures(outcomes), results.outputs());
    }

    /** What of a bucket runs after a hard stop. */
    private static StepGroup lastWords(StepGroup bucket) {
        return new StepGroup(
                bucket.title(),
                bucket.steps().stream().filter(PlannedStep::always).toList());
    }

    private List<Outcome> execute(StepGroup bucket, StepResults results, EventSink events) {
        ExecutorService threads = Executors.newFixedThreadPool(bucket.steps().size());
        try {
            List<Future<Outcome>> running = new ArrayList<>();
            for (PlannedStep step : bucket.steps()) {
                running.add(threads.submit(
                        () -> new StepAttempts(step, runners, clock, events, retries, results).toItsEnd()));
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> future : running) {
                outcomes.add(future.get());
            }
            return outcomes;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(Outcome.failed(
                    new Failure(FailureKind.EXTERNAL, "the run was interrupted", bucket.title(), "run it again")));
        } catch (ExecutionException e) {
            return List.of(Outcome.failed(StepAttempts.defect(e.getCause(), bucket.title())));
        } finally {
            threads.shutdownNow();
        }
    }

    private static RunResult.Status statusOf(StepGroup bucket, List<Outcome> outcomes) {
        RunResult.Status status = RunResult.Status.SUCCEEDED;
        for (int i = 0; i < outcomes.size(); i++) {
            boolean hard = outcomes.size() != bucket.steps().size()
                    || bucket.steps().get(i).hardStop();
            status = worse(status, statusOf(outcomes.get(i), hard));
        }
        return status;
    }

    private static RunResult.Status statusOf(Outcome outcome, boolean hard) {
        if (outcome instanceof Outcome.Failed) {
            return hard ? RunResult.Status.FAILED : RunResult.Status.UNSTABLE;
        }
        boolean warned =
                outcome instanceof Outcome.Succeeded done && !done.warnings().isEmpty();
        boolean remarkable = outcome instanceof Outcome.Skipped skipped && skipped.unstable();
        return warned || remarkable ? RunResult.Status.UNSTABLE : RunResult.Status.SUCCEEDED;
    }

    private static RunResult.Status worse(RunResult.Status a, RunResult.Status b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static List<Failure> failures(List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(Outcome.Failed.class::isInstance)
                .map(outcome -> ((Outcome.Failed) outcome).failure())
                .toList();
    }

    private static RunResult refused(Plan plan) {
        return new RunResult(RunResult.Status.FAILED, plan.refusals(), Map.of());
    }
}
