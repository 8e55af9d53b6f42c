package io.imaas.run;

import io.imaas.plan.Plan;
import io.imaas.plan.step.PlannedStep;
import io.imaas.port.Clock;
import io.imaas.run.Event.EventSink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Drives a {@link Scheduler} to its end, with a thread for each step of a group. Holds no state between runs. */
public record Runner(StepRunners runners, Clock clock, EventSink events, RetryPolicy retries) {
    /** Runs a plan to its end. A plan with a closed gate ends at once, with one failure for each. */
    public RunResult run(Plan plan) {
        return run(plan, new Scheduler(plan.groups(), new StepResults(), clock, events, retries, Replanner.NONE));
    }

    /** The same with a scheduler of the plan that somebody else made. */
    public RunResult run(Plan plan, Scheduler scheduler) {
        events.accept(new Event.RunStarted(clock.now(), plan));
        RunResult result = plan.closedGates().isEmpty()
                ? drive(scheduler).withFailures(plan.refusals())
                : new RunResult(RunResult.Status.FAILED, plan.refusals(), Map.of());
        events.accept(new Event.RunEnded(clock.now(), plan, result));
        return result;
    }

    /** Drives what somebody else made to its end. */
    public RunResult drive(Scheduler scheduler) {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            while (!scheduler.isOver()) {
                List<Future<?>> group = new ArrayList<>();
                for (DueStep step : scheduler.next()) {
                    group.add(threads.submit(() -> toItsEnd(scheduler, step)));
                }
                await(scheduler, threads, group);
                if (group.isEmpty() && !pause(until(scheduler.dueAt()))) {
                    scheduler.interrupt();
                }
            }
        } finally {
            threads.shutdownNow();
        }
        return scheduler.result();
    }

    /** Nothing is due at once: the whole run waits for somebody. */
    private Duration until(Optional<Instant> due) {
        return due.map(at -> Duration.between(clock.now(), at)).orElse(Duration.ZERO);
    }

    /** Interrupted: those who wait are ended, and those who work are told and waited for. */
    private static void await(Scheduler scheduler, ExecutorService threads, List<Future<?>> group) {
        boolean interrupted = false;
        for (Future<?> step : group) {
            boolean over = false;
            while (!over) {
                try {
                    step.get();
                    over = true;
                } catch (InterruptedException e) {
                    interrupted = true;
                    scheduler.interrupt();
                    threads.shutdownNow();
                } catch (ExecutionException e) {
                    throw new IllegalStateException("the scheduler broke", e.getCause());
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void toItsEnd(Scheduler scheduler, DueStep first) {
        PlannedStep step = first.step();
        DueStep due = first;
        Optional<Instant> again = scheduler.ended(step, due.attempt(runners));
        while (again.isPresent()) {
            if (!pause(Duration.between(clock.now(), again.get()))) {
                scheduler.interrupt();
                return;
            }
            Optional<DueStep> next = scheduler.next(step.id());
            if (next.isEmpty()) {
                return;
            }
            due = next.get();
            again = scheduler.ended(due.step(), due.attempt(runners));
        }
    }

    private boolean pause(Duration delay) {
        try {
            if (!delay.isNegative() && !delay.isZero()) {
                clock.pause(delay);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
