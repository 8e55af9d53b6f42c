package io.imaas.jenkins.step;

import hudson.Extension;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code imaasRollback}: brings an earlier release back, and holds it there. */
public final class RollbackStep extends ByHandStep {
    @DataBoundConstructor
    public RollbackStep(String service, String environment) {
        super("rollback");
        text("service", service);
        text("environment", environment);
    }

    public String getService() {
        return text("service");
    }

    public String getEnvironment() {
        return text("environment");
    }

    public String getTo() {
        return text("release");
    }

    @DataBoundSetter
    public void setTo(String to) {
        text("release", to);
    }

    public String getReason() {
        return text("reason");
    }

    @DataBoundSetter
    public void setReason(String reason) {
        text("reason", reason);
    }

    @Extension
    public static final class DescriptorImpl extends Kind {
        public DescriptorImpl() {
            super("imaasRollback", "IMaaS: roll a service back to an earlier release");
        }
    }
}
