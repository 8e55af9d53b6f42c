package io.imaas.model.tenancy;

import java.io.Serializable;
import java.time.Duration;

/**
 * What a tenant's file says of previews: pull requests of its services run for a while in one space of their own.
 *
 * @param ttl how long after its last delivery a preview stays, whatever becomes of the pull request
 * @param max how many stand at the same time; 0: the tenant has none
 * @param quota what all of them together may use
 * @param like the environment whose values and chart they get
 * @param host below which each is served under its own name; empty: they are reached in the cluster alone
 */
public record Previews(Duration ttl, int max, Quota quota, EnvironmentName like, String host) implements Serializable {
    /** The environment that they run in. It is on no path: nothing is promoted there, and nothing from there. */
    public static final EnvironmentName SPACE = new EnvironmentName("preview");

    public static final Previews NONE = new Previews(Duration.ZERO, 0, Quota.NONE, SPACE, "");

    public boolean isOn() {
        return max > 0;
    }
}
