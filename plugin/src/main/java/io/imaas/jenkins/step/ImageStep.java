package io.imaas.jenkins.step;

import hudson.Extension;
import io.imaas.jenkins.run.StepKind;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code imaasImage}: makes the image and pushes what the registry lacks of it. */
public final class ImageStep extends EngineStep {
    @DataBoundConstructor
    public ImageStep() {
        // all is optional
    }

    @Override
    public StepExecution start(StepContext context) {
        return new AgentExecution(context, StepKind.IMAGE, getId());
    }

    @Extension
    public static final class DescriptorImpl extends AgentKind {
        public DescriptorImpl() {
            super(StepKind.IMAGE, "IMaaS: make and push the image");
        }
    }
}
