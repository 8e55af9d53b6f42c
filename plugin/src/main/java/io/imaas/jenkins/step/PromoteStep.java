package io.imaas.jenkins.step;

import hudson.Extension;
import hudson.Util;
import io.imaas.jenkins.plan.Wishes;
import io.imaas.jenkins.run.StepKind;
import java.util.Map;
import java.util.TreeMap;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code imaasPromote}: brings releases to another environment; of the build's plan, or as it is told. */
public final class PromoteStep extends EngineStep {
    private final TreeMap<String, String> wishes = new TreeMap<>(Map.of("intent", "promote"));
    private boolean waitForGates;

    @DataBoundConstructor
    public PromoteStep() {}

    /** Empty: all services that run there. */
    public String getService() {
        return wishes.getOrDefault("service", "");
    }

    @DataBoundSetter
    public void setService(String service) {
        wishes.put("service", Util.fixNull(service).trim());
    }

    public String getFrom() {
        return wishes.getOrDefault("from", "");
    }

    @DataBoundSetter
    public void setFrom(String from) {
        wishes.put("from", Util.fixNull(from).trim());
    }

    public String getTo() {
        return wishes.getOrDefault("to", "");
    }

    @DataBoundSetter
    public void setTo(String to) {
        wishes.put("to", Util.fixNull(to).trim());
    }

    public String getReason() {
        return wishes.getOrDefault("reason", "");
    }

    @DataBoundSetter
    public void setReason(String reason) {
        wishes.put("reason", Util.fixNull(reason).trim());
    }

    /** Why closed gates are to be opened by force; empty: they are not. */
    public String getOverride() {
        return wishes.getOrDefault("override", "");
    }

    @DataBoundSetter
    public void setOverride(String override) {
        wishes.put("override", Util.fixNull(override).trim());
    }

    /** Whether somebody vouches for health that nobody observed. */
    public boolean isAssumeHealthy() {
        return Boolean.parseBoolean(wishes.get("assumeHealthy"));
    }

    @DataBoundSetter
    public void setAssumeHealthy(boolean assumeHealthy) {
        wishes.put("assumeHealthy", String.valueOf(assumeHealthy));
    }

    /** Whether gates that open by themselves, such as a window, are waited for. */
    public boolean isWaitForGates() {
        return waitForGates;
    }

    @DataBoundSetter
    public void setWaitForGates(boolean waitForGates) {
        this.waitForGates = waitForGates;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        if (getFrom().isEmpty() && getTo().isEmpty()) {
            return super.start(context);
        }
        return new PlanningExecution(context, StepKind.PROMOTE, Wishes.of(wishes), waitForGates);
    }

    @Extension
    public static final class DescriptorImpl extends Kind {
        public DescriptorImpl() {
            super(StepKind.PROMOTE, "IMaaS: promote releases to another environment");
        }
    }
}
