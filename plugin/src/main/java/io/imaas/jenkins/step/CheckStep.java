package io.imaas.jenkins.step;

import hudson.Extension;
import io.imaas.jenkins.run.StepKind;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code imaasCheck}: holds the CAR against the sources it was made from. */
public final class CheckStep extends EngineStep {
    @DataBoundConstructor
    public CheckStep() {
        // all is optional
    }

    @Override
    public StepExecution start(StepContext context) {
        return new AgentExecution(context, StepKind.CHECK, getId());
    }

    @Extension
    public static final class DescriptorImpl extends AgentKind {
        public DescriptorImpl() {
            super(StepKind.CHECK, "IMaaS: check the CAR against its sources");
        }
    }
}
