package io.imaas.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.model.request.Request;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.TenantName;
import io.imaas.plan.Plan;
import io.imaas.plan.gate.Answer;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.step.EnsureManifests;
import io.imaas.plan.step.NotNeeded;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.StepGroup;
import io.imaas.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class RunnerTest {
    private final ManualClock clock = new ManualClock("2026-11-20T10:00:00Z");
    private final List<Event> events = Collections.synchronizedList(new ArrayList<>());

    @Test
    void groupsRunOneAfterTheOtherAndStepsSideBySide() {
        CountDownLatch both = new CountDownLatch(2);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        RunResult result = run(
                (step, context) -> {
                    order.add(step.id());
                    if (!step.id().equals("last")) {
                        both.countDown();
                        assertThat(await(both)).isTrue();
                    }
                    return Outcome.done(null, List.of());
                },
                group("a", "b"),
                group("last"));

        assertThat(result.status()).isEqualTo(RunResult.Status.SUCCEEDED);
        assertThat(result.exitCode()).isZero();
        assertThat(order).last().isEqualTo("last");
    }

    @Test
    void aFailureEndsThePlanAfterItsGroupAndAllFailuresAreTold() {
        AtomicInteger later = new AtomicInteger();
        RunResult result = run(
                (step, context) -> {
                    if (step.id().equals("later")) {
                        later.incrementAndGet();
                    }
                    throw FailureException.failed(step.id() + " is broken", "", "");
                },
                group("a", "b"),
                group("later"));

        assertThat(result.status()).isEqualTo(RunResult.Status.FAILED);
        assertThat(result.failures()).extracting(Failure::what).containsExactly("a is broken", "b is broken");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(later).hasValue(0);
    }

    @Test
    void whatAFailedStepChangedCountsInWhicheverAttempt() {
        AtomicInteger attempts = new AtomicInteger();
        Effect made = Effect.created("Namespace", "orders-dev", "");
        Effect quota = Effect.created("ResourceQuota", "orders-dev/tenant", "");
        run(
                (step, context) -> attempts.incrementAndGet() == 1
                        ? new Outcome.Failed(
                                new Failure(FailureKind.EXTERNAL, "busy", "", ""), List.of(), List.of(made))
                        : new Outcome.Failed(
                                new Failure(FailureKind.POLICY, "no", "", ""),
                                List.of(),
                                List.of(Effect.unchanged("Namespace", "orders-dev"), quota)),
                group("a"));

        assertThat(events).filteredOn(Event.StepEnded.class::isInstance).first().satisfies(end -> assertThat(
                        ((Event.StepEnded) end).outcome().effects())
                .containsExactly(made, quota));
    }

    @Test
    void anExternalFailureIsTriedAgainWithBackoffAndNotForever() {
        RunResult result = run(
                (step, context) -> {
                    throw FailureException.external("503", "registry", "", (Throwable) null);
                },
                group("push"));

        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(clock.pauses()).hasSize(3);
        assertThat(events).filteredOn(Event.StepRetried.class::isInstance).hasSize(3);
    }

    @Test
    void aRunThatChangedSomethingWaitsForAServerThatStartsAgain() {
        RunResult result = run(
                (step, context) -> {
                    if (step.id().equals("protect")
                            && clock.pauses().stream()
                                            .mapToLong(Duration::toMillis)
                                            .sum()
                                    < 30_000) {
                        throw FailureException.external("502", "forge", "", (Throwable) null);
                    }
                    return Outcome.done(null, List.of(Effect.created("Repository", "acme/orders", "")));
                },
                group("create"),
                group("protect"));

        assertThat(result.status()).isEqualTo(RunResult.Status.SUCCEEDED);
    }

    @Test
    void theOtherSidesRetryAfterIsHonoured() {
        AtomicInteger calls = new AtomicInteger();
        RunResult result = run(
                (step, context) -> {
                    if (calls.getAndIncrement() == 0) {
                        throw FailureException.external("429", "registry", "", Duration.ofMinutes(2));
                    }
                    return Outcome.done(null, List.of());
                },
                group("push"));

        assertThat(result.status()).isEqualTo(RunResult.Status.SUCCEEDED);
        assertThat(clock.pauses()).containsExactly(Duration.ofMinutes(2));
    }

    @Test
    void theUsersMistakeIsNeverTriedAgain() {
        RunResult result = run(
                (step, context) -> {
                    throw FailureException.input("no such file", "a.xml:3", "write it");
                },
                group("build"));

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(clock.pauses()).isEmpty();
    }

    @Test
    void waitingIsAskedAgainUntilItEnds() {
        AtomicInteger calls = new AtomicInteger();
        RunResult result = run(
                (step, context) -> calls.incrementAndGet() < 4
                        ? new Outcome.Waiting("for pods", Duration.ofSeconds(5))
                        : Outcome.done(null, List.of()),
                group("rollout"));

        assertThat(result.status()).isEqualTo(RunResult.Status.SUCCEEDED);
        assertThat(clock.pauses()).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5));
        assertThat(events).filteredOn(Event.StepWaiting.class::isInstance).hasSize(1);
    }

    @Test
    void aClosedGateRefusesBeforeAnythingIsDone() {
        AtomicInteger calls = new AtomicInteger();
        Plan plan = plan(
                List.of(GateAnswer.of(
                        "freeze", "a -> prod", List.of(), Answer.closed("prod is frozen", "opens on 2027-01-04"))),
                group("a"));
        RunResult result = runner((step, context) -> {
                    calls.incrementAndGet();
                    return Outcome.done(null, List.of());
                })
                .run(plan);

        assertThat(calls).hasValue(0);
        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.failures().get(0))
                .isEqualTo(new Failure(FailureKind.POLICY, "prod is frozen", "a -> prod", "opens on 2027-01-04"));
    }

    @Test
    void warningsMakeTheRunUnstable() {
        Problem warning = Problem.warning("secret", Location.of("a.xml"), "a password in plain text", "use the vault");
        RunResult result =
                run((step, context) -> new Outcome.Succeeded(null, List.of(), List.of(warning)), group("check"));

        assertThat(result.status()).isEqualTo(RunResult.Status.UNSTABLE);
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void whatNobodyForesawIsADefectWithItsPlace() {
        RunResult result = run(
                (step, context) -> {
                    throw new IllegalStateException("oops");
                },
                group("a"));

        assertThat(result.exitCode()).isEqualTo(70);
        assertThat(result.failures().get(0).what()).contains("oops", "RunnerTest");
    }

    @Test
    void aStepThatIsNotNeededIsShownAsSkipped() {
        Plan plan = plan(List.of(), StepGroup.of(new NotNeeded("build", "Build a", "the registry has it")));
        RunResult result =
                runner((step, context) -> Outcome.done(null, List.of())).run(plan);

        assertThat(result.status()).isEqualTo(RunResult.Status.SUCCEEDED);
        assertThat(events)
                .filteredOn(Event.StepEnded.class::isInstance)
                .extracting(event -> ((Event.StepEnded) event).outcome())
                .containsExactly(Outcome.skipped("the registry has it"));
    }

    private RunResult run(BiFunction<EnsureManifests, StepContext, Outcome> body, StepGroup... groups) {
        return runner(body).run(plan(List.of(), groups));
    }

    private Runner runner(BiFunction<EnsureManifests, StepContext, Outcome> body) {
        StepRunner<EnsureManifests> runner = new StepRunner<>() {
            @Override
            public Class<EnsureManifests> kind() {
                return EnsureManifests.class;
            }

            @Override
            public Outcome run(EnsureManifests step, StepContext context) {
                return body.apply(step, context);
            }
        };
        return new Runner(new StepRunners(List.of(runner)), clock, events::add, RetryPolicy.DEFAULT);
    }

    private static Plan plan(List<GateAnswer> gates, StepGroup... groups) {
        Request request = new Request(new TenantName("orders"), null, null, "@ann");
        return new Plan("a plan", request, gates, List.of(groups), List.of());
    }

    private static StepGroup group(String... ids) {
        List<PlannedStep> steps = new ArrayList<>();
        for (String id : ids) {
            steps.add(new EnsureManifests(id, new EnvironmentName("dev"), List.of()));
        }
        return new StepGroup("group", steps);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
