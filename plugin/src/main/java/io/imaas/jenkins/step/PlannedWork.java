package io.imaas.jenkins.step;

import io.imaas.jenkins.run.KeptPlan;
import io.imaas.jenkins.run.PlansOfBuild;
import io.imaas.jenkins.run.StepKind;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.StepGroup;
import java.util.ArrayList;
import java.util.List;

/**
 * Which part of a plan a Pipeline step is to execute.
 *
 * @param buckets one after the other, the steps of one side by side; as in the plan, without what others execute
 */
record PlannedWork(KeptPlan plan, List<StepGroup> buckets) {
    /** @param id {@code plan/step}, {@code plan}, or empty for the newest plan that has work of this kind */
    static PlannedWork find(PlansOfBuild plans, StepKind kind, String id) {
        int slash = id.indexOf('/');
        if (slash >= 0) {
            KeptPlan plan = plans.get(id.substring(0, slash));
            PlannedStep step = plan.step(id.substring(slash + 1));
            return new PlannedWork(plan, List.of(StepGroup.of(step)));
        }
        KeptPlan plan = id.isEmpty() ? plans.newestWith(kind::executes, kind.function()) : plans.get(id);
        List<StepGroup> buckets = new ArrayList<>();
        for (StepGroup bucket : plan.plan().buckets()) {
            List<PlannedStep> own =
                    bucket.steps().stream().filter(kind::executes).toList();
            if (!own.isEmpty()) {
                buckets.add(new StepGroup(bucket.title(), own));
            }
        }
        return new PlannedWork(plan, buckets);
    }

    List<PlannedStep> steps() {
        return buckets.stream().flatMap(bucket -> bucket.steps().stream()).toList();
    }
}
