package io.imaas.model.tenancy;

import java.io.Serializable;

/** A tenant's name: a DNS-1123 label of at most 40 characters, so that {@code <tenant>-<environment>} fits a namespace. */
public record TenantName(String value) implements Serializable, Comparable<TenantName> {
    public TenantName {
        Labels.require("a tenant", value, 40);
    }

    @Override
    public int compareTo(TenantName other) {
        return value.compareTo(other.value);
    }

    public String namespace(EnvironmentName environment) {
        return value + "-" + environment;
    }

    @Override
    public String toString() {
        return value;
    }
}
