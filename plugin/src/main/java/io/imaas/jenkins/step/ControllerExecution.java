package io.imaas.jenkins.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.model.Run;
import io.imaas.app.Imaas;
import io.imaas.app.IntendedPlan;
import io.imaas.jenkins.credentials.JenkinsSecrets;
import io.imaas.jenkins.run.KeptPlan;
import io.imaas.jenkins.run.PlansOfBuild;
import io.imaas.jenkins.run.StepKind;
import io.imaas.jenkins.world.PlatformWorld;
import io.imaas.jenkins.world.Work;
import io.imaas.model.event.TraceParent;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.plan.step.PlannedStep;
import io.imaas.run.DueStep;
import io.imaas.run.Outcome;
import io.imaas.run.Replanner;
import io.imaas.run.RetryPolicy;
import io.imaas.run.Scheduler;
import io.imaas.run.StepResults;
import io.imaas.run.StepRunners;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Executes planned steps on the controller by the engine's {@link Scheduler}: the steps of a group at once, each on a
 * thread of the pool for as long as an attempt takes.
 */
class ControllerExecution extends ResumableExecution {
    private static final long serialVersionUID = 1L;

    /** What is watched is asked by itself only now and then. */
    private static final Duration GUARD = Duration.ofSeconds(10);

    /** Nobody asks in a busy loop, whatever a gate says. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private final StepKind kind;
    private final String id;
    private transient PlannedWork planned;
    private transient Run<?, ?> build;
    /** Such as the OpenTelemetry plugin gives it to a build; null: none. */
    private transient TraceParent trace;

    private transient Scheduler scheduler;
    private transient EventPrinter events;
    private transient RolloutWatches watches;
    /** Titles of the steps that are being attempted; null until the first one is. */
    private transient volatile Set<String> attempted;

    ControllerExecution(@NonNull StepContext context, StepKind kind, String id) {
        super(context);
        this.kind = kind;
        this.id = id;
    }

    /** Which part of which plan; a step that plans for itself does so here. Empty when it has asked for another turn. */
    Optional<PlannedWork> plannedWork() throws IOException, InterruptedException {
        return Optional.of(PlannedWork.find(new PlansOfBuild(run()), kind, id));
    }

    /** Another turn at a moment, however far away. */
    final void askAgain(Instant moment) {
        Duration delay = Duration.between(PlatformWorld.get().clock().now(), moment);
        again(delay.compareTo(SOON) < 0 ? SOON : delay);
    }

    @Override
    final void work() throws IOException, InterruptedException {
        if (scheduler == null && !begin()) {
            return;
        }
        for (DueStep due : scheduler.next()) {
            Work.soon(() -> attempt(due));
        }
        if (scheduler.isOver()) {
            ended();
        } else {
            scheduler.dueAt().ifPresent(this::again);
        }
    }

    private void again(Instant due) {
        Duration delay = Duration.between(PlatformWorld.get().clock().now(), due);
        Duration guarded = watches.any() && delay.compareTo(GUARD) < 0 ? GUARD : delay;
        again(guarded.isNegative() ? Duration.ZERO : guarded);
    }

    private boolean begin() throws IOException, InterruptedException {
        Optional<PlannedWork> work = plannedWork();
        if (work.isEmpty()) {
            return false;
        }
        PlannedWork found = work.get();
        requireOwn(found.plan());
        if (found.plan().intended().blocked()) {
            fail(new StepFailed(found.plan().plan().refusals()));
            return false;
        }
        planned = found;
        attempted = ConcurrentHashMap.newKeySet();
        build = run();
        EnvVars variables = getContext().get(EnvVars.class);
        trace = variables == null
                ? null
                : TraceParent.find(variables.get("TRACEPARENT")).orElse(null);
        events = new EventPrinter(found.plan(), log());
        watches = new RolloutWatches(events);
        StepResults results = found.plan().results();
        scheduler = remembered(found.plan(), scheduler(found, results));
        return true;
    }

    private Scheduler scheduler(PlannedWork work, StepResults results) {
        IntendedPlan plan = work.plan().intended();
        return plan.tenant() == null
                ? new Scheduler(
                        work.groups(),
                        results,
                        PlatformWorld.get().clock(),
                        events,
                        RetryPolicy.DEFAULT,
                        Replanner.NONE)
                : PlatformWorld.get().engine(plan.tenant()).imaas().start(plan, work.groups(), results, events);
    }

    /** A plan is of this build, and so of its tenant; a fork's build may do nothing in the tenant's name. */
    private void requireOwn(KeptPlan plan) throws IOException, InterruptedException {
        if (!kind.actsForTenant()) {
            return;
        }
        identity().requireOwnCode();
        Optional<Tenant> tenant = plan.tenant();
        if (tenant.isPresent() && kind != StepKind.ONBOARD) {
            identity().requireTenant(tenant.get().name().value());
        }
    }

    private void attempt(DueStep due) {
        if (isOver()) {
            return;
        }
        PlannedStep step = due.step();
        // How far a rollout is, whoever follows it tells.
        if (!(step instanceof AwaitRollout)) {
            attempted.add(step.title());
        }
        Outcome outcome = outcome(due);
        attempted.remove(step.title());
        if (Work.isOver()) {
            // The attempt was cut off: it is made again after the restart.
            return;
        }
        if (outcome instanceof Outcome.Waiting waiting && step instanceof AwaitRollout rollout) {
            watches.tell(rollout, waiting);
            watches.watch(rollout, due.context(), () -> {
                scheduler.wake(step.id());
                wake();
            });
        }
        scheduler.ended(step, outcome);
        wake();
    }

    private Outcome outcome(DueStep due) {
        try {
            return due.attempt(runners());
        } catch (FailureException e) {
            // The tenant can't be served any more, by a changed configuration perhaps.
            return Outcome.failed(e.failure());
        }
    }

    /**
     * The tenant's engine may be another one than at the attempt before: a login changed, or its metadata. Commits name the
     * trace that the build is part of, and what signs for the build is a token of its own.
     */
    private StepRunners runners() {
        PlatformWorld world = PlatformWorld.get();
        Optional<Tenant> tenant = planned.plan().tenant();
        return tenant.filter(of -> trace != null || kind == StepKind.RELEASE)
                .map(of -> ofBuild(world.engine(of).imaas()).runners(of))
                .orElseGet(() -> world.runners(tenant));
    }

    private Imaas ofBuild(Imaas imaas) {
        Imaas own = imaas.with(name -> JenkinsSecrets.own(name, build));
        return trace == null ? own : own.traced(planned.plan().intended(), Optional.of(trace));
    }

    private void ended() throws IOException, InterruptedException {
        Map<String, Object> results = new LinkedHashMap<>();
        List<Failure> hardStops = new ArrayList<>();
        StepResults outcomes = planned.plan().results();
        for (PlannedStep step : planned.steps()) {
            Optional<Outcome> outcome = outcomes.outcome(step.id());
            if (outcome.isPresent()) {
                Verdict.mark(step, outcome.get(), getContext());
                Verdict.hardStop(step, outcome.get()).ifPresent(hardStops::add);
                results.put(step.id(), OutcomeView.of(outcome.get()));
            }
        }
        if (hardStops.isEmpty()) {
            end(results.size() == 1 ? results.values().iterator().next() : results);
        } else {
            fail(new StepFailed(hardStops));
        }
    }

    @Override
    final void letGo() {
        RolloutWatches open = watches;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public final void stop(@NonNull Throwable cause) {
        Scheduler now = scheduler;
        if (now != null) {
            now.interrupt();
        }
        super.stop(cause);
    }

    @Override
    String underWay() {
        Set<String> now = attempted;
        return now == null ? "" : String.join(", ", now);
    }

    /** What this step waits for, for graphs and lists of running steps. */
    @Override
    public String getStatus() {
        Scheduler now = scheduler;
        return now == null ? null : now.waitingFor();
    }
}
