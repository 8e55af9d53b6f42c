package io.imaas.jenkins.config;

import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.kohsuke.stapler.DataBoundSetter;

/** Something that brings releases to life in some environments. */
public abstract class RolloutServer extends AbstractDescribableImpl<RolloutServer> implements Serializable {
    private static final long serialVersionUID = 1L;

    private String environments = "";

    /** Names of environments, separated by white space; empty: all. */
    public String getEnvironments() {
        return environments;
    }

    @DataBoundSetter
    public void setEnvironments(String environments) {
        this.environments = Util.fixNull(environments).trim();
    }

    /** Whether an environment's releases go live here. */
    public boolean serves(String environment) {
        return environments.isEmpty() || Set.of(environments.split("\\s+")).contains(environment);
    }

    /** Ids of the credentials that it takes to reach it; empty ones stand for none. */
    public List<String> credentials() {
        return List.of();
    }

    public abstract static class Kind extends Descriptor<RolloutServer> {}
}
