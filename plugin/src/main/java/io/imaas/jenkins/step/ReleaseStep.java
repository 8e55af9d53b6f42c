package io.imaas.jenkins.step;

import hudson.Extension;
import io.imaas.jenkins.run.StepKind;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code imaasRelease}: commits the image's digest to the environment's branch. */
public final class ReleaseStep extends EngineStep {
    @DataBoundConstructor
    public ReleaseStep() {
        // all is optional
    }

    @Override
    public StepExecution start(StepContext context) {
        return new ControllerExecution(context, StepKind.RELEASE, getId());
    }

    @Extension
    public static final class DescriptorImpl extends Kind {
        public DescriptorImpl() {
            super(StepKind.RELEASE, "IMaaS: release to the first environment");
        }
    }
}
