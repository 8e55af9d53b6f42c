package io.imaas.jenkins.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Result;
import hudson.model.Run;
import hudson.triggers.TimerTrigger;
import io.imaas.app.IntendedPlan;
import io.imaas.jenkins.plan.BuildPlans;
import io.imaas.jenkins.plan.Wishes;
import io.imaas.jenkins.run.KeptPlan;
import io.imaas.jenkins.run.PlanView;
import io.imaas.jenkins.run.PlansOfBuild;
import io.imaas.jenkins.source.Actor;
import io.imaas.jenkins.source.BuildSource;
import io.imaas.model.source.CommitId;
import io.imaas.report.PlanText;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Plans, keeps the plans with the build, and tells them. */
final class PlanExecution extends ResumableExecution {
    private static final long serialVersionUID = 1L;

    private static final int LOOK_BACK = 50;

    private final Wishes wishes;

    PlanExecution(@NonNull StepContext context, Wishes wishes) {
        super(context);
        this.wishes = wishes;
    }

    @Override
    String underWay() {
        return "Planning";
    }

    @Override
    void work() throws IOException, InterruptedException {
        List<KeptPlan> plans = new ArrayList<>();
        PrintStream log = log();
        for (IntendedPlan plan : new BuildPlans(run(), wishes, applied()).make()) {
            log.print(PlanText.of(plan.plan()));
            plans.add(new PlansOfBuild(run()).add(plan));
        }
        end(PlanView.of(plans));
    }

    /** By the newest build that applied all it planned; nothing for a person or a timer, who ask for everything again. */
    private Optional<CommitId> applied() throws IOException, InterruptedException {
        Run<?, ?> run = run();
        if (Actor.of(run).person() || run.getCause(TimerTrigger.TimerTriggerCause.class) != null) {
            return Optional.empty();
        }
        Run<?, ?> before = run.getPreviousBuild();
        for (int looks = 0; before != null && looks < LOOK_BACK; looks++) {
            List<KeptPlan> plans = before.getResult() == Result.SUCCESS ? new PlansOfBuild(before).all() : List.of();
            if (!plans.isEmpty() && plans.stream().allMatch(KeptPlan::isApplied)) {
                return BuildSource.of(before).flatMap(BuildSource::commit);
            }
            before = before.getPreviousBuild();
        }
        return Optional.empty();
    }
}
