package io.imaas.jenkins.step;

import hudson.Extension;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code imaasApprove}: says yes to exactly what a promotion would bring now. */
public final class ApproveStep extends ByHandStep {
    @DataBoundConstructor
    public ApproveStep(String to, String as) {
        super("approve");
        text("to", to);
        text("as", as);
    }

    public String getTo() {
        return text("to");
    }

    public String getAs() {
        return text("as");
    }

    public String getService() {
        return text("services");
    }

    @DataBoundSetter
    public void setService(String service) {
        text("services", service);
    }

    @Extension
    public static final class DescriptorImpl extends Kind {
        public DescriptorImpl() {
            super("imaasApprove", "IMaaS: approve what a promotion would bring");
        }
    }
}
