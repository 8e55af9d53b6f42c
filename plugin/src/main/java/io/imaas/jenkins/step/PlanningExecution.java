package io.imaas.jenkins.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.imaas.app.Imaas;
import io.imaas.app.IntendedPlan;
import io.imaas.jenkins.plan.BuildPlans;
import io.imaas.jenkins.plan.Wishes;
import io.imaas.jenkins.run.Advice;
import io.imaas.jenkins.run.PlansOfBuild;
import io.imaas.jenkins.run.StepKind;
import io.imaas.jenkins.world.PlatformWorld;
import io.imaas.model.failure.Failure;
import io.imaas.report.PlanText;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Plans first what it then executes. Which plan it made is kept, so that a restart goes on with that very plan. */
final class PlanningExecution extends ControllerExecution {
    private static final long serialVersionUID = 1L;

    private final StepKind kind;
    private final Wishes wishes;
    private final boolean waits;
    private volatile String made = "";
    private transient volatile boolean planning;
    /** The closed gates; null until there were some. */
    private transient volatile String waitingFor;

    /** @param waits whether gates that open by themselves are waited for, and everything is asked again then */
    PlanningExecution(@NonNull StepContext context, StepKind kind, Wishes wishes, boolean waits) {
        super(context, kind, "");
        this.kind = kind;
        this.wishes = wishes;
        this.waits = waits;
    }

    @Override
    Optional<PlannedWork> plannedWork() throws IOException, InterruptedException {
        PlansOfBuild plans = new PlansOfBuild(run());
        if (made.isEmpty()) {
            IntendedPlan plan = plan();
            log().print(Advice.inJenkins(PlanText.of(plan.plan())));
            if (!plan.plan().asking().isEmpty()) {
                Imaas imaas = PlatformWorld.get().engine(plan.tenant()).imaas();
                for (Failure failure : imaas.ask(plan, event -> {})) {
                    log().println(Advice.inJenkins(failure).sentence());
                }
            }
            Optional<Instant> opening = waits && plan.blocked() ? plan.opensByItself() : Optional.empty();
            if (opening.isPresent()) {
                String closed = plan.plan().closedGates().stream()
                        .map(gate -> gate.gate() + ": " + gate.found())
                        .collect(Collectors.joining("; "));
                waitingFor = closed + "; asked again at " + opening.get();
                log().println("the closed gates open by themselves: asked again at " + opening.get());
                askAgain(opening.get());
                return Optional.empty();
            }
            made = String.valueOf(plans.add(plan).number());
            getContext().saveState();
        }
        return Optional.of(PlannedWork.find(plans, kind, made));
    }

    private IntendedPlan plan() throws IOException, InterruptedException {
        planning = true;
        try {
            return new BuildPlans(run(), wishes, Optional.empty()).make().get(0);
        } finally {
            planning = false;
        }
    }

    @Override
    public String getStatus() {
        String gates = waitingFor;
        return made.isEmpty() && gates != null ? gates : super.getStatus();
    }

    @Override
    String underWay() {
        return planning ? "Planning" : super.underWay();
    }
}
