package io.imaas.jenkins.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.imaas.jenkins.plan.Wishes;
import io.imaas.jenkins.run.StepKind;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code imaasRollback}: brings an older release back, and holds it there. */
public final class RollbackStep extends Step {
    private final String service;
    private final String environment;
    private String to = "";
    private String reason = "";

    @DataBoundConstructor
    public RollbackStep(String service, String environment) {
        this.service = Util.fixNull(service).trim();
        this.environment = Util.fixNull(environment).trim();
    }

    public String getService() {
        return service;
    }

    public String getEnvironment() {
        return environment;
    }

    /** Digest or version; empty: the newest that differs from what runs. */
    public String getTo() {
        return to;
    }

    @DataBoundSetter
    public void setTo(String to) {
        this.to = Util.fixNull(to).trim();
    }

    public String getReason() {
        return reason;
    }

    @DataBoundSetter
    public void setReason(String reason) {
        this.reason = Util.fixNull(reason).trim();
    }

    @Override
    public StepExecution start(StepContext context) {
        Map<String, String> wishes = Map.of(
                "intent", "rollback", "service", service, "environment", environment, "release", to, "reason", reason);
        return new PlanningExecution(context, StepKind.PROMOTE, Wishes.of(wishes));
    }

    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "imaasRollback";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return "IMaaS: roll a service back to an older release";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
