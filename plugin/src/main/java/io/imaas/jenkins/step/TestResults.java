package io.imaas.jenkins.step;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.junit.JUnitResultArchiver;
import hudson.tasks.junit.pipeline.JUnitResultsStepExecution;
import hudson.tasks.test.PipelineTestDetails;
import java.io.IOException;
import java.io.PrintStream;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Records unit tests where Jenkins shows them. */
final class TestResults {
    private TestResults() {}

    static void record(StepContext context, Run<?, ?> run, PrintStream log) throws IOException, InterruptedException {
        FilePath workspace = context.get(FilePath.class);
        if (workspace == null || workspace.list("target/imaas/tests/TEST-*.xml").length == 0) {
            return;
        }
        JUnitResultArchiver archiver = new JUnitResultArchiver("target/imaas/tests/TEST-*.xml");
        archiver.setSkipPublishingChecks(true);
        PipelineTestDetails details = new PipelineTestDetails();
        FlowNode node = context.get(FlowNode.class);
        details.setNodeId(node.getId());
        details.setEnclosingBlocks(JUnitResultsStepExecution.getEnclosingBlockIds(
                JUnitResultsStepExecution.getEnclosingStagesAndParallels(node)));
        details.setEnclosingBlockNames(JUnitResultsStepExecution.getEnclosingBlockNames(
                JUnitResultsStepExecution.getEnclosingStagesAndParallels(node)));
        JUnitResultArchiver.parseAndSummarize(
                archiver, details, run, workspace, context.get(Launcher.class), context.get(TaskListener.class));
        log.println("Unit-test results recorded.");
    }
}
