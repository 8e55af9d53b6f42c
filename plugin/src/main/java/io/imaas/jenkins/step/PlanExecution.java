package io.imaas.jenkins.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.imaas.app.IntendedPlan;
import io.imaas.jenkins.plan.BuildPlans;
import io.imaas.jenkins.plan.Wishes;
import io.imaas.jenkins.run.KeptPlan;
import io.imaas.jenkins.run.PlanView;
import io.imaas.jenkins.run.PlansOfBuild;
import io.imaas.report.PlanText;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Plans, keeps the plans with the build, and tells them. */
final class PlanExecution extends ResumableExecution {
    private static final long serialVersionUID = 1L;

    private final Wishes wishes;

    PlanExecution(@NonNull StepContext context, Wishes wishes) {
        super(context);
        this.wishes = wishes;
    }

    @Override
    void work() throws IOException, InterruptedException {
        List<KeptPlan> plans = new ArrayList<>();
        PrintStream log = log();
        for (IntendedPlan plan : BuildPlans.of(run(), wishes).make()) {
            log.print(PlanText.of(plan.plan()));
            plans.add(PlansOfBuild.of(run()).add(plan));
        }
        end(PlanView.of(plans));
    }
}
