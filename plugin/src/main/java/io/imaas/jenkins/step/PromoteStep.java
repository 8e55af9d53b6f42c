package io.imaas.jenkins.step;

import hudson.Extension;
import hudson.Util;
import io.imaas.jenkins.plan.Wishes;
import io.imaas.jenkins.run.StepKind;
import java.util.HashMap;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code imaasPromote}: brings releases to another environment; of the build's plan, or as it is told. */
public final class PromoteStep extends EngineStep {
    private String service = "";
    private String from = "";
    private String to = "";
    private String reason = "";
    private String override = "";
    private boolean assumeHealthy;
    private boolean waitForGates;

    @DataBoundConstructor
    public PromoteStep() {
        // all is optional
    }

    /** Empty: all services that run there. */
    public String getService() {
        return service;
    }

    @DataBoundSetter
    public void setService(String service) {
        this.service = Util.fixNull(service).trim();
    }

    public String getFrom() {
        return from;
    }

    @DataBoundSetter
    public void setFrom(String from) {
        this.from = Util.fixNull(from).trim();
    }

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

    /** Why closed gates are to be opened by force; empty: they are not. */
    public String getOverride() {
        return override;
    }

    @DataBoundSetter
    public void setOverride(String override) {
        this.override = Util.fixNull(override).trim();
    }

    /** Whether somebody vouches for health that nobody observed. */
    public boolean isAssumeHealthy() {
        return assumeHealthy;
    }

    @DataBoundSetter
    public void setAssumeHealthy(boolean assumeHealthy) {
        this.assumeHealthy = assumeHealthy;
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
        if (from.isEmpty() && to.isEmpty()) {
            return super.start(context);
        }
        Map<String, Object> wishes = new HashMap<>();
        wishes.put("intent", "promote");
        wishes.put("service", service);
        wishes.put("from", from);
        wishes.put("to", to);
        wishes.put("reason", reason);
        wishes.put("override", override);
        wishes.put("assumeHealthy", assumeHealthy);
        return new PlanningExecution(context, StepKind.PROMOTE, Wishes.of(wishes), waitForGates);
    }

    @Extension
    public static final class DescriptorImpl extends Kind {
        public DescriptorImpl() {
            super(StepKind.PROMOTE, "IMaaS: promote releases to another environment");
        }
    }
}
