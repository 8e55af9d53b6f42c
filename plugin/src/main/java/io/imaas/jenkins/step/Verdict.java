package io.imaas.jenkins.step;

import hudson.model.Result;
import hudson.model.Run;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.Problem;
import io.imaas.plan.step.NotNeeded;
import io.imaas.plan.step.PlannedStep;
import io.imaas.run.Outcome;
import io.imaas.run.RunResult;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.pipeline.StageStatus;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.actions.TagsAction;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Translates how planned steps ended into Jenkins' words: failed, unstable with the reason on the stage, skipped. */
final class Verdict {
    private Verdict() {}

    /** The failure that must end the Pipeline step, if there is one. */
    static Optional<Failure> hardStop(PlannedStep step, Outcome outcome) {
        return outcome instanceof Outcome.Failed failed && step.hardStop()
                ? Optional.of(failed.failure())
                : Optional.empty();
    }

    /** Marks what people should look at, and what did not run. */
    static void mark(PlannedStep step, Outcome outcome, StepContext context) throws IOException, InterruptedException {
        String reason = remark(step, outcome);
        if (!reason.isEmpty()) {
            context.get(Run.class).setResult(Result.UNSTABLE);
            context.get(FlowNode.class).addOrReplaceAction(new WarningAction(Result.UNSTABLE).withMessage(reason));
        }
        if (step instanceof NotNeeded) {
            markSkipped(context.get(FlowNode.class));
        }
    }

    private static String remark(PlannedStep step, Outcome outcome) {
        if (RunResult.Status.of(outcome, step.hardStop()) != RunResult.Status.UNSTABLE) {
            return "";
        }
        if (outcome instanceof Outcome.Failed failed) {
            return failed.failure().sentence();
        }
        if (outcome instanceof Outcome.Skipped skipped) {
            return skipped.reason();
        }
        List<Problem> warnings = ((Outcome.Succeeded) outcome).warnings();
        return warnings.size() == 1
                ? warnings.get(0).sentence()
                : warnings.size() + " warnings, the first: " + warnings.get(0).sentence();
    }

    /** As a declarative Pipeline marks a stage whose condition did not hold: graphs show it as skipped. */
    private static void markSkipped(FlowNode node) {
        for (FlowNode enclosing : node.iterateEnclosingBlocks()) {
            if (enclosing.getAction(LabelAction.class) != null) {
                TagsAction tags = enclosing.getAction(TagsAction.class);
                TagsAction marked = tags == null ? new TagsAction() : tags;
                marked.addTag(StageStatus.TAG_NAME, StageStatus.getSkippedForConditional());
                enclosing.addOrReplaceAction(marked);
                return;
            }
        }
    }
}
