package io.imaas.jenkins.config;

import hudson.ExtensionList;
import hudson.ExtensionPoint;

/** Told when the configuration of the platform or of a tenant changed: what was built on it must be built anew. */
public interface ConfigurationChange extends ExtensionPoint {
    void changed();

    static void announce() {
        ExtensionList.lookup(ConfigurationChange.class).forEach(ConfigurationChange::changed);
    }
}
