package io.imaas.app.reaction;

import io.imaas.app.Imaas;
import io.imaas.app.IntendedPlan;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.Clock;
import io.imaas.run.DueStep;
import io.imaas.run.Event;
import io.imaas.run.RetryPolicy;
import io.imaas.run.RunResult;
import io.imaas.run.Scheduler;
import io.imaas.run.StepRunners;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * One task on its way: planned on the world as it is when its turn comes, and driven in turns, so that no thread is held
 * while it waits.
 */
final class TaskRun {
    private static final RetryPolicy AGAIN =
            new RetryPolicy(Integer.MAX_VALUE, Duration.ofSeconds(5), Duration.ofMinutes(5));

    private final Clock clock;
    private final Function<Imaas, Optional<IntendedPlan>> planner;
    private final ToldEvents told;
    private final AtomicLong changes = new AtomicLong();
    private IntendedPlan plan;
    private Imaas traced;
    private Scheduler scheduler;
    private StepRunners runners;
    private int attempts = 1;

    /** @param planner empty when there is nothing to do */
    TaskRun(Clock clock, Function<Imaas, Optional<IntendedPlan>> planner, ToldEvents told) {
        this.clock = clock;
        this.planner = planner;
        this.told = told;
    }

    /** Goes on as far as it can without waiting. Returns when to go on; empty when it is over. */
    Optional<Instant> turn(Imaas imaas, Tenant tenant) {
        try {
            return scheduler == null ? begin(imaas, tenant) : drive();
        } catch (RuntimeException e) {
            if (traced != null) {
                traced.broken(e);
                traced = null;
            }
            if (e instanceof FailureException known) {
                return failed(known.failure());
            }
            throw e;
        }
    }

    private Optional<Instant> begin(Imaas imaas, Tenant tenant) {
        Optional<IntendedPlan> made = planner.apply(imaas);
        if (made.isEmpty()) {
            return Optional.empty();
        }
        plan = made.get();
        if (plan.blocked()) {
            imaas.ask(plan, this::count).forEach(told::failed);
            told.refused(plan.summary(), plan.plan().refusals());
            return plan.asksAgainAt();
        }
        changes.set(0);
        traced = imaas.traced(plan, told.cause());
        runners = traced.runners(tenant);
        scheduler = traced.start(plan, this::count);
        return drive();
    }

    private void count(Event event) {
        if (event instanceof Event.StepEnded ended) {
            changes.addAndGet(ended.outcome().effects().stream()
                    .filter(effect -> effect.isChange())
                    .count());
        }
    }

    private Optional<Instant> drive() {
        for (List<DueStep> due = scheduler.next(); !due.isEmpty(); due = scheduler.next()) {
            for (DueStep step : due) {
                scheduler.ended(step.step(), step.attempt(runners));
            }
        }
        if (!scheduler.isOver()) {
            return scheduler.dueAt();
        }
        RunResult result = scheduler.result();
        scheduler = null;
        traced.ended(result);
        traced = null;
        if (result.status() == RunResult.Status.FAILED && !result.failures().isEmpty()) {
            return failed(result.failures().get(0));
        }
        if (!plan.plan().refusals().isEmpty()) {
            told.refused(plan.summary(), plan.plan().refusals());
            return Optional.empty();
        }
        told.ended(plan.summary(), result.status(), changes.get());
        return Optional.empty();
    }

    /** What may be otherwise later is planned again later, however often. */
    private Optional<Instant> failed(Failure failure) {
        scheduler = null;
        told.failed(failure);
        Failure waits = failure.kind() == FailureKind.CONFLICT
                ? new Failure(FailureKind.EXTERNAL, failure.what(), failure.where(), failure.suggestion())
                : failure;
        return AGAIN.next(waits, attempts++, ThreadLocalRandom.current())
                .map(delay -> clock.now().plus(delay));
    }
}
