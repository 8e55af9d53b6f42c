package io.imaas.jenkins.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.imaas.jenkins.run.KeptPlan;
import io.imaas.jenkins.run.PlansOfBuild;
import io.imaas.jenkins.run.StepKind;
import io.imaas.model.failure.Failure;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.StepGroup;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Executes planned steps on the controller: bucket by bucket, the steps of one side by side. */
class ControllerExecution extends ResumableExecution {
    private static final long serialVersionUID = 1L;

    private final StepKind kind;
    private final String id;
    private final long begunAt = System.currentTimeMillis();
    private transient PlannedWork planned;
    private transient int bucket;
    private transient volatile List<StepDrive> running;
    private transient Map<String, Object> results;
    private transient List<Failure> hardStops;

    ControllerExecution(@NonNull StepContext context, StepKind kind, String id) {
        super(context);
        this.kind = kind;
        this.id = id;
    }

    /** Which part of which plan; a step that plans for itself does so here, once. */
    PlannedWork plannedWork() throws IOException, InterruptedException {
        return PlannedWork.find(PlansOfBuild.of(run()), kind, id);
    }

    @Override
    final void work() throws IOException, InterruptedException {
        if (planned == null) {
            begin();
        }
        if (isOver()) {
            return;
        }
        Duration soonest = null;
        for (StepDrive drive : List.copyOf(running)) {
            Optional<Duration> due = drive.next();
            if (due.isEmpty()) {
                running.remove(drive);
                ended(drive);
            } else if (soonest == null || due.get().compareTo(soonest) < 0) {
                soonest = due.get();
            }
            if (isOver()) {
                return;
            }
        }
        if (soonest != null) {
            again(soonest);
        } else {
            nextBucket();
        }
    }

    private void begin() throws IOException, InterruptedException {
        PlannedWork found = plannedWork();
        requireOwn(found.plan());
        if (found.plan().intended().blocked()) {
            fail(new StepFailed(found.plan().plan().refusals()));
            return;
        }
        planned = found;
        results = new LinkedHashMap<>();
        hardStops = new ArrayList<>();
        bucket = 0;
        running = drives();
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

    private List<StepDrive> drives() throws IOException, InterruptedException {
        List<StepDrive> drives = new CopyOnWriteArrayList<>();
        if (bucket < planned.buckets().size()) {
            StepGroup now = planned.buckets().get(bucket);
            Instant begun = Instant.ofEpochMilli(begunAt);
            EventPrinter events = new EventPrinter(planned.plan(), log());
            now.steps().forEach(step -> drives.add(new StepDrive(planned.plan(), step, events, begun, this::wake)));
        }
        return drives;
    }

    @Override
    final void letGo() {
        List<StepDrive> now = running;
        if (now != null) {
            List.copyOf(now).forEach(StepDrive::close);
        }
    }

    private void ended(StepDrive drive) throws IOException, InterruptedException {
        PlannedStep step = drive.step();
        Verdict.mark(step, drive.outcome(), getContext());
        Verdict.hardStop(step, drive.outcome()).ifPresent(hardStops::add);
        results.put(step.id(), OutcomeView.of(drive.outcome()));
    }

    private void nextBucket() throws IOException, InterruptedException {
        if (!hardStops.isEmpty()) {
            fail(new StepFailed(hardStops));
            return;
        }
        bucket++;
        running = drives();
        if (running.isEmpty()) {
            end(results.size() == 1 ? results.values().iterator().next() : results);
        } else {
            wake();
        }
    }
}
