package io.imaas.jenkins.step;

import hudson.Extension;
import io.imaas.jenkins.run.StepKind;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code imaasOnboard}: gives a tenant what it needs, as the plan of the platform repository says. */
public final class OnboardStep extends EngineStep {
    @DataBoundConstructor
    public OnboardStep() {
        // all is optional
    }

    @Override
    public StepExecution start(StepContext context) {
        return new ControllerExecution(context, StepKind.ONBOARD, getId());
    }

    @Extension
    public static final class DescriptorImpl extends Kind {
        public DescriptorImpl() {
            super(StepKind.ONBOARD, "IMaaS: onboard a tenant");
        }
    }
}
