package io.imaas.jenkins.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import java.io.Serializable;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The pods in which plans are built where a Kubernetes cloud makes them. {@code {tenant}} stands for the tenant's name. */
public final class BuildPods extends AbstractDescribableImpl<BuildPods> implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String TENANT = "{tenant}";
    private static final String MAVEN = "maven:3.9-eclipse-temurin-21";

    private String namespace = "";
    private String mavenImage = MAVEN;
    private String unitTestImage = "";
    private String mavenCache = "";

    @DataBoundConstructor
    public BuildPods() {
        // everything has a default
    }

    /** Where the pods of a tenant run; empty: the cloud's own namespace. */
    public String getNamespace() {
        return namespace;
    }

    @DataBoundSetter
    public void setNamespace(String namespace) {
        this.namespace = Util.fixNull(namespace).trim();
    }

    /** Image with JDK, Maven and Git. */
    public String getMavenImage() {
        return mavenImage;
    }

    @DataBoundSetter
    public void setMavenImage(String image) {
        mavenImage = Util.fixNull(image).isBlank() ? MAVEN : image.trim();
    }

    /** Image of the Micro Integrator that runs unit tests in the pod; empty: there is none in it. */
    public String getUnitTestImage() {
        return unitTestImage;
    }

    @DataBoundSetter
    public void setUnitTestImage(String image) {
        unitTestImage = Util.fixNull(image).trim();
    }

    /** Claim with a tenant's local Maven repository; empty: it is new in each pod. */
    public String getMavenCache() {
        return mavenCache;
    }

    @DataBoundSetter
    public void setMavenCache(String claim) {
        mavenCache = Util.fixNull(claim).trim();
    }

    /** The namespace of one tenant's builds; empty: the cloud's own. */
    public String namespaceOf(String tenant) {
        return namespace.replace(TENANT, tenant);
    }

    /** The claim of one tenant; none where all would share it: whoever writes it decides what the others build with. */
    public String mavenCacheOf(String tenant) {
        return mavenCache.contains(TENANT) ? mavenCache.replace(TENANT, tenant) : "";
    }

    @Extension
    @Symbol("buildPods")
    public static final class DescriptorImpl extends Descriptor<BuildPods> {
        @NonNull
        @Override
        public String getDisplayName() {
            return "Pods of builds";
        }

        @POST
        public FormValidation doCheckNamespace(@QueryParameter String value) {
            return Util.fixNull(value).isBlank() || value.contains(TENANT)
                    ? FormValidation.ok()
                    : FormValidation.warning("all tenants build in one namespace: write {tenant} in it");
        }

        @POST
        public FormValidation doCheckMavenCache(@QueryParameter String value) {
            return Util.fixNull(value).isBlank() || value.contains(TENANT)
                    ? FormValidation.ok()
                    : FormValidation.error("it is not used: tenants must not share it, so write {tenant} in it");
        }
    }
}
