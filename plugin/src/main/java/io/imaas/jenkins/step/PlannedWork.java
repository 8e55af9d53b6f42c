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
 * @param groups one after the other, the steps of one side by side; as in the plan, without what others execute
 */
record PlannedWork(KeptPlan plan, List<StepGroup> groups) {
    /** @param id {@code plan/step}, {@code plan}, or empty for the newest plan that has work of this kind */
    static PlannedWork find(PlansOfBuild plans, StepKind kind, String id) {
        int slash = id.indexOf('/');
        if (slash >= 0) {
            KeptPlan plan = plans.get(id.substring(0, slash));
            PlannedStep step = plan.step(id.substring(slash + 1));
            return new PlannedWork(plan, List.of(StepGroup.of(step)));
        }
        KeptPlan plan = id.isEmpty() ? plans.newestWith(kind::executes, kind.function()) : plans.get(id);
        List<StepGroup> groups = new ArrayList<>();
        for (StepGroup group : plan.plan().groups()) {
            List<PlannedStep> own =
                    group.steps().stream().filter(kind::executes).toList();
            if (!own.isEmpty()) {
                groups.add(new StepGroup(group.title(), own));
            }
        }
        return new PlannedWork(plan, groups);
    }

    List<PlannedStep> steps() {
        return groups.stream().flatMap(group -> group.steps().stream()).toList();
    }
}
