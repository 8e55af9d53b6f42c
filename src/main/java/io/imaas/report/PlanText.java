package io.imaas.report;

import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.plan.Plan;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.step.EnsureGitOps;
import io.imaas.plan.step.EnsureManifests;
import io.imaas.plan.step.NotNeeded;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.StepGroup;
import java.util.List;

/** A plan as plain text: the dry run. */
public final class PlanText {
    private PlanText() {}

    public static String of(Plan plan) {
        StringBuilder text = new StringBuilder(plan.title()).append('\n');
        for (GateAnswer gate : plan.gates()) {
            String state = gate.closed() ? "CLOSED" : gate.state().word();
            text.append(String.format("  %-9s ", state))
                    .append(gate.gate())
                    .append(": ")
                    .append(gate.found());
            if (!gate.opening().isEmpty()) {
                text.append(" (").append(gate.opening()).append(')');
            }
            text.append('\n');
        }
        for (StepGroup bucket : plan.buckets()) {
            text.append("  ").append(bucket.title()).append('\n');
            for (PlannedStep step : bucket.steps()) {
                text.append("    - ").append(step.title()).append(detail(step)).append('\n');
                step.deletions()
                        .forEach(thing ->
                                text.append("        DELETES ").append(thing).append('\n'));
            }
        }
        plan.notes().forEach(note -> text.append("  note: ").append(note).append('\n'));
        return text.toString();
    }

    private static String detail(PlannedStep step) {
        if (step instanceof EnsureManifests manifests) {
            List<String> kinds = manifests.manifests().stream()
                    .map(ClusterObject::kind)
                    .distinct()
                    .toList();
            return ": " + String.join(", ", kinds);
        }
        if (step instanceof EnsureGitOps gitops) {
            return ": " + gitops.files().size() + " files";
        }
        return step instanceof NotNeeded not ? ": not needed, " + not.reason() : "";
    }
}
