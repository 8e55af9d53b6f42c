package io.imaas.model.tenancy;

import java.io.Serializable;

/** A service's name within its tenant: a DNS-1123 label of at most 53 characters (Helm's limit for a release name). */
public record ServiceName(String value) implements Serializable, Comparable<ServiceName> {
    public ServiceName {
        Labels.require("a service", value, 53);
    }

    @Override
    public int compareTo(ServiceName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
