package io.imaas.model.tenancy;

import io.imaas.model.source.BranchName;
import java.io.Serializable;

/** An environment's name within its tenant: a DNS-1123 label of at most 20 characters; also its branch in GitOps. */
public record EnvironmentName(String value) implements Serializable, Comparable<EnvironmentName> {
    public EnvironmentName {
        Labels.require("an environment", value, 20);
    }

    /** The branch of the tenant's GitOps repository that holds this environment's desired state. */
    public BranchName branch() {
        return new BranchName(value);
    }

    @Override
    public int compareTo(EnvironmentName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
