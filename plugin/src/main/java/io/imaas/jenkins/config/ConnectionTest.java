package io.imaas.jenkins.config;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.util.FormValidation;

/** What stands behind a 'Test connection' button; whoever can connect provides it. The caller checks who may ask. */
public interface ConnectionTest extends ExtensionPoint {
    /** Reads the platform's metadata as it would be read, with values that are not saved yet. */
    FormValidation ofPlatform(String repository, String branch, String credentialsId);

    /** Asks a server whether it answers and lets us in. */
    FormValidation of(RolloutServer server);

    /** Whether this is a pattern for the addresses of management APIs. */
    FormValidation ofAddress(String pattern);

    static ConnectionTest get() {
        return ExtensionList.lookupSingleton(ConnectionTest.class);
    }
}
