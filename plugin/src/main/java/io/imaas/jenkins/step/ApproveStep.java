package io.imaas.jenkins.step;

import hudson.Extension;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code imaasApprove}: says yes or no to exactly what a promotion would bring now, or takes that back. */
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

    public String getFrom() {
        return text("from");
    }

    @DataBoundSetter
    public void setFrom(String from) {
        text("from", from);
    }

    public String getRefuse() {
        return text("refuse");
    }

    /** Once it is said at all, it is a refusal: one without a reason is told as incomplete. */
    @DataBoundSetter
    public void setRefuse(String reason) {
        text("intent", reason != null && reason.isBlank() ? "refuse" : "approve");
        text("refuse", reason);
    }

    public String getImage() {
        return text("image");
    }

    @DataBoundSetter
    public void setImage(String image) {
        text("image", image);
    }

    public String getVersion() {
        return text("version");
    }

    @DataBoundSetter
    public void setVersion(String version) {
        text("version", version);
    }

    public boolean isWithdraw() {
        return Boolean.parseBoolean(text("withdraw"));
    }

    @DataBoundSetter
    public void setWithdraw(boolean withdraw) {
        text("withdraw", withdraw ? "true" : "");
    }

    public boolean isConfirmOverride() {
        return Boolean.parseBoolean(text("confirmOverride"));
    }

    @DataBoundSetter
    public void setConfirmOverride(boolean confirm) {
        text("confirmOverride", confirm ? "true" : "");
    }

    public boolean isChart() {
        return Boolean.parseBoolean(text("chart"));
    }

    @DataBoundSetter
    public void setChart(boolean chart) {
        text("chart", chart ? "true" : "");
    }

    @Extension
    public static final class DescriptorImpl extends NamedDescriptor {
        public DescriptorImpl() {
            super("imaasApprove", "IMaaS: approve what a promotion would bring");
        }
    }
}
