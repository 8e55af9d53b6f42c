package io.imaas.jenkins.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.imaas.jenkins.credentials.CredentialsChoice;
import java.io.Serializable;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** How the Micro Integrators of a cluster are asked which CARs they loaded, before a release counts as live. */
public final class RuntimeProbe extends AbstractDescribableImpl<RuntimeProbe> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String credentialsId;
    private String address = "";
    private String certificates = "";
    private String hostName = "";

    @DataBoundConstructor
    public RuntimeProbe(String credentialsId) {
        this.credentialsId = Util.fixNull(credentialsId).trim();
    }

    /** User name with password, for the management API. */
    public String getCredentialsId() {
        return credentialsId;
    }

    /** URL with {@code {tenant}}, {@code {service}}, {@code {environment}}, {@code {namespace}}; empty: the chart's. */
    public String getAddress() {
        return address;
    }

    @DataBoundSetter
    public void setAddress(String address) {
        this.address = Util.fixNull(address).trim();
    }

    /** Certificates of the authority, or the very certificate, PEM; empty: those that Java trusts. */
    public String getCertificates() {
        return certificates;
    }

    @DataBoundSetter
    public void setCertificates(String certificates) {
        this.certificates = Util.fixNull(certificates).trim();
    }

    /** The name in the certificate where it is not the address's; the runtime's own says {@code localhost}. */
    public String getHostName() {
        return hostName;
    }

    @DataBoundSetter
    public void setHostName(String hostName) {
        this.hostName = Util.fixNull(hostName).trim();
    }

    @Extension
    @Symbol("runtimeProbe")
    public static final class DescriptorImpl extends Descriptor<RuntimeProbe> {
        @NonNull
        @Override
        public String getDisplayName() {
            return "Ask the Micro Integrators which CARs they loaded";
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            return CredentialsChoice.forRegistry(Jenkins.get(), credentialsId);
        }

        @POST
        public FormValidation doCheckAddress(@QueryParameter String value) {
            return value.isBlank() ? FormValidation.ok() : ConnectionTest.get().ofAddress(value.trim());
        }
    }
}
