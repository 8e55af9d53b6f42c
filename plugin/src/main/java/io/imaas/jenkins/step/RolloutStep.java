package io.imaas.jenkins.step;

import hudson.Extension;
import io.imaas.jenkins.run.StepKind;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code imaasRollout}: waits, holding no executor, agent or thread, until the commit is live and healthy. */
public final class RolloutStep extends EngineStep {
    @DataBoundConstructor
    public RolloutStep() {
        // all is optional
    }

    @Override
    public StepExecution start(StepContext context) {
        return new ControllerExecution(context, StepKind.ROLLOUT, getId());
    }

    @Extension
    public static final class DescriptorImpl extends Kind {
        public DescriptorImpl() {
            super(StepKind.ROLLOUT, "IMaaS: wait until the release is live and healthy");
        }
    }
}
