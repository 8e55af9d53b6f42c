package io.imaas.jenkins.step;

import hudson.Extension;
import io.imaas.jenkins.run.StepKind;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code imaasComment}: tells a pull request how it fared, in one comment that is rewritten each time. */
public final class CommentStep extends EngineStep {
    @DataBoundConstructor
    public CommentStep() {
        // all is optional
    }

    @Override
    public StepExecution start(StepContext context) {
        return new ControllerExecution(context, StepKind.COMMENT, getId());
    }

    @Extension
    public static final class DescriptorImpl extends Kind {
        public DescriptorImpl() {
            super(StepKind.COMMENT, "IMaaS: tell the pull request");
        }
    }
}
