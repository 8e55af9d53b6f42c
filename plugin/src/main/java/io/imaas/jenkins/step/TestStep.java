package io.imaas.jenkins.step;

import hudson.Extension;
import io.imaas.jenkins.run.StepKind;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code imaasTest}: runs the unit-test suites, and records their results with the build. */
public final class TestStep extends EngineStep {
    @DataBoundConstructor
    public TestStep() {
        // all is optional
    }

    @Override
    public StepExecution start(StepContext context) {
        return new AgentExecution(context, StepKind.TEST, getId());
    }

    @Extension
    public static final class DescriptorImpl extends AgentKind {
        public DescriptorImpl() {
            super(StepKind.TEST, "IMaaS: run the MI unit tests");
        }
    }
}
