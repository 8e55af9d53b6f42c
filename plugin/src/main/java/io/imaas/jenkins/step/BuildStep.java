package io.imaas.jenkins.step;

import hudson.Extension;
import io.imaas.jenkins.run.StepKind;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code imaasBuild}: makes the CAR of a service's MI project from the checked-out sources. */
public final class BuildStep extends EngineStep {
    @DataBoundConstructor
    public BuildStep() {
        // all is optional
    }

    @Override
    public StepExecution start(StepContext context) {
        return new AgentExecution(context, StepKind.BUILD, getId());
    }

    @Extension
    public static final class DescriptorImpl extends AgentKind {
        public DescriptorImpl() {
            super(StepKind.BUILD, "IMaaS: build the CAR");
        }
    }
}
