package io.imaas.jenkins.step;

import hudson.Extension;
import io.imaas.jenkins.run.StepKind;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code imaasSkip}: marks the enclosing stage as skipped, with the plan's reason. */
public final class SkipStep extends EngineStep {
    @DataBoundConstructor
    public SkipStep() {
        // all is optional
    }

    @Override
    public StepExecution start(StepContext context) {
        return new ControllerExecution(context, StepKind.SKIP, getId());
    }

    @Extension
    public static final class DescriptorImpl extends Kind {
        public DescriptorImpl() {
            super(StepKind.SKIP, "IMaaS: show that a stage is not needed");
        }
    }
}
