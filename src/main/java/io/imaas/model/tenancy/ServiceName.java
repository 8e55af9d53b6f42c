package io.imaas.model.tenancy;

import io.imaas.model.failure.FailureException;
import java.io.Serializable;

/**
 * A service's name within its tenant: a DNS-1035 label, as Kubernetes wants it of a Service, of at most 53 characters (Helm's
 * limit for a release name).
 */
public record ServiceName(String value) implements Serializable, Comparable<ServiceName> {
    public ServiceName {
        Labels.require("a service", value, 53);
        if (Character.isDigit(value.charAt(0))) {
            throw FailureException.input(
                    "'" + value + "' is not a name for a service",
                    "let it begin with a letter: Kubernetes refuses a Service whose name begins with a digit");
        }
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
