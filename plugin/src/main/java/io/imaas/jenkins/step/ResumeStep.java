package io.imaas.jenkins.step;

import hudson.Extension;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code imaasResume}: lifts the hold that a rollback set. */
public final class ResumeStep extends ByHandStep {
    @DataBoundConstructor
    public ResumeStep(String service, String environment) {
        super("resume");
        text("service", service);
        text("environment", environment);
    }

    public String getService() {
        return text("service");
    }

    public String getEnvironment() {
        return text("environment");
    }

    @Extension
    public static final class DescriptorImpl extends Kind {
        public DescriptorImpl() {
            super("imaasResume", "IMaaS: lift the hold that a rollback set");
        }
    }
}
