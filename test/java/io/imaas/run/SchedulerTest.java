package io.imaas.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.plan.step.EnsureManifests;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.StepGroup;
import io.imaas.plan.step.Undo;
import io.imaas.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SchedulerTest {
    private static final Outcome DONE = Outcome.done(null, List.of());
    private static final Outcome CONFLICT = Outcome.failed(new Failure(FailureKind.CONFLICT, "dev moved", "", ""));

    private final ManualClock clock = new ManualClock("2026-11-20T10:00:00Z");
    private final List<Event> events = new ArrayList<>();

    private Scheduler scheduler(Replanner replanner, StepGroup... groups) {
        return new Scheduler(List.of(groups), new StepResults(), clock, events::add, RetryPolicy.DEFAULT, replanner);
    }

    private static StepGroup group(String... ids) {
        List<PlannedStep> steps = new ArrayList<>();
        for (String id : ids) {
            steps.add(step(id));
        }
        return new StepGroup("group of " + ids[0], steps);
    }

    private static PlannedStep step(String id) {
        return new EnsureManifests(id, new EnvironmentName("dev"), List.of());
    }

    private static List<String> ids(List<DueStep> due) {
        return due.stream().map(step -> step.step().id()).toList();
    }

    @Test
    void theStepsOfAGroupAreDueTogetherAndTheNextGroupAfterThem() {
        Scheduler scheduler = scheduler(Replanner.NONE, group("a", "b"), group("c"));

        assertThat(ids(scheduler.next())).containsExactly("a", "b");
        assertThat(scheduler.next()).isEmpty();
        scheduler.ended(step("b"), DONE);
        assertThat(scheduler.next()).isEmpty();
        scheduler.ended(step("a"), DONE);
        assertThat(ids(scheduler.next())).containsExactly("c");
    }

    @Test
    void aRunBeginsWhenItsPermitIsThereAndGivesItBackAfterTheLastUndo() throws InterruptedException {
        Permit permit = new Permit();
        permit.holder = "another run";
        Scheduler scheduler = scheduler(Replanner.NONE, group("a"), group("b")).needing(permit);

        assertThat(scheduler.next()).isEmpty();
        assertThat(scheduler.waitingFor()).isEqualTo("another run");
        assertThat(scheduler.isOver()).isFalse();
        assertThat(events).isEmpty();
        permit.holder = null;
        assertThat(scheduler.next()).as("asked again only when it is due").isEmpty();
        clock.pause(Duration.between(clock.now(), scheduler.dueAt().orElseThrow()));

        assertThat(ids(scheduler.next())).containsExactly("a");
        assertThat(scheduler.waitingFor()).isNull();
        scheduler.ended(step("a"), Outcome.done(null, List.of(Effect.created("Namespace", "dev", ""))));
        scheduler.next();
        scheduler.ended(step("b"), Outcome.failed(new Failure(FailureKind.POLICY, "no", "", "")));
        assertThat(ids(scheduler.next())).containsExactly("undo-a");
        assertThat(permit.given).isOne();
        assertThat(permit.back).isZero();
        scheduler.ended(new Undo(step("a")), DONE);

        assertThat(scheduler.isOver()).isTrue();
        assertThat(permit.back).isOne();
    }

    @Test
    void anInterruptedRunGivesItsPermitBackWhenItsLastStepEnded() {
        Permit permit = new Permit();
        Scheduler scheduler = scheduler(Replanner.NONE, group("a"), group("b")).needing(permit);
        scheduler.next();
        scheduler.interrupt();
        assertThat(permit.back).isZero();
        scheduler.ended(step("a"), DONE);
        assertThat(permit.back).isOne();
    }

    private static final class Permit implements RunPermit {
        private String holder;
        private int given;
        private int back;

        @Override
        public Optional<String> ask() {
            given += holder == null ? 1 : 0;
            return Optional.ofNullable(holder);
        }

        @Override
        public void giveBack() {
            back++;
        }
    }

    @Test
    void eachStepHasItsOwnTimes() throws InterruptedException {
        Scheduler scheduler = scheduler(Replanner.NONE, group("a", "b"), group("c"));
        scheduler.next();
        clock.pause(Duration.ofSeconds(3));
        scheduler.ended(step("a"), DONE);
        clock.pause(Duration.ofSeconds(4));
        scheduler.ended(step("b"), DONE);
        scheduler.next();
        clock.pause(Duration.ofSeconds(1));
        scheduler.ended(step("c"), DONE);

        assertThat(events)
                .filteredOn(Event.StepEnded.class::isInstance)
                .extracting(event -> ((Event.StepEnded) event).took().toSeconds())
                .containsExactly(3L, 7L, 1L);
    }

    @Test
    void aWaitingStepIsDueWhenItSaidOrWhenSomethingHappened() {
        Scheduler scheduler = scheduler(Replanner.NONE, group("a"));
        scheduler.next();
        Optional<Instant> due = scheduler.ended(step("a"), new Outcome.Waiting("for pods", Duration.ofMinutes(5)));

        assertThat(due).contains(clock.now().plus(Duration.ofMinutes(5)));
        assertThat(scheduler.next()).isEmpty();
        assertThat(scheduler.dueAt()).isEqualTo(due);
        scheduler.wake("a");
        assertThat(ids(scheduler.next())).containsExactly("a");
    }

    @Test
    void aConflictIsPlannedAgainABoundedNumberOfTimes() {
        AtomicInteger plans = new AtomicInteger();
        Scheduler scheduler = scheduler(
                step -> {
                    plans.incrementAndGet();
                    return Optional.of(step(step.id()));
                },
                group("a"));
        int attempts = 0;
        while (!scheduler.isOver()) {
            DueStep due = scheduler.next().get(0);
            scheduler.ended(due.step(), CONFLICT);
            attempts++;
        }

        assertThat(plans).hasValue(3);
        assertThat(attempts).isEqualTo(4);
        assertThat(scheduler.result().exitCode()).isEqualTo(7);
    }

    @Test
    void aConflictThatNobodyPlansAgainEndsTheStep() {
        Scheduler scheduler = scheduler(step -> Optional.empty(), group("a"));
        scheduler.ended(scheduler.next().get(0).step(), CONFLICT);

        assertThat(scheduler.isOver()).isTrue();
        assertThat(scheduler.result().failures()).extracting(Failure::what).containsExactly("dev moved");
    }

    @Test
    void anInterruptedPlanEndsWhatWaitsAndWaitsForWhatWorks() {
        Scheduler scheduler = scheduler(Replanner.NONE, group("a", "b"), group("c"));
        scheduler.next();
        scheduler.ended(step("a"), new Outcome.Waiting("for pods", Duration.ofMinutes(5)));
        scheduler.interrupt();

        assertThat(scheduler.isOver()).isFalse();
        scheduler.ended(step("b"), DONE);
        assertThat(scheduler.isOver()).isTrue();
        assertThat(scheduler.next()).isEmpty();
        assertThat(scheduler.result().status()).isEqualTo(RunResult.Status.FAILED);
        assertThat(scheduler.result().failures()).extracting(Failure::what).containsExactly("interrupted");
    }

    @Test
    void whatAnotherProcessBeganIsNotBegunTwice() {
        Instant before = clock.now().minus(Duration.ofMinutes(3));
        Scheduler scheduler = scheduler(Replanner.NONE, group("a")).begunBefore("a", before);
        DueStep due = scheduler.next().get(0);

        assertThat(due.context().startedAt()).contains(before);
        assertThat(events).noneMatch(Event.StepStarted.class::isInstance);
        scheduler.ended(due.step(), DONE);
        assertThat(events)
                .filteredOn(Event.StepEnded.class::isInstance)
                .extracting(event -> ((Event.StepEnded) event).took())
                .containsExactly(Duration.ofMinutes(3));
    }

    @Test
    void whatEndedBeforeARestartIsNeitherDoneNorToldAgain() {
        Scheduler scheduler = scheduler(Replanner.NONE, group("a", "b"), group("c"))
                .endedBefore("a", DONE)
                .begunBefore("b", Instant.parse("2026-11-20T09:58:00Z"));

        assertThat(ids(scheduler.next())).containsExactly("b");
        scheduler.ended(step("b"), DONE);
        assertThat(ids(scheduler.next())).containsExactly("c");
        assertThat(events)
                .filteredOn(Event.StepStarted.class::isInstance)
                .extracting(event -> ((Event.StepStarted) event).step().id())
                .containsExactly("c");
        assertThat(events)
                .filteredOn(Event.StepEnded.class::isInstance)
                .extracting(event -> ((Event.StepEnded) event).took().toMinutes())
                .containsExactly(2L);
    }

    @Test
    void aHardStopBeforeARestartStillEndsThePlan() {
        Scheduler scheduler = scheduler(Replanner.NONE, group("a"), group("b"))
                .endedBefore("a", Outcome.failed(new Failure(FailureKind.FAILED, "tests failed", "", "")));

        assertThat(scheduler.next()).isEmpty();
        assertThat(scheduler.isOver()).isTrue();
        assertThat(scheduler.result().status()).isEqualTo(RunResult.Status.FAILED);
    }
}
