package io.imaas.model.tenancy;

import java.io.Serializable;
import java.util.List;

/**
 * By which hosts and path a service is reached from outside in an environment.
 *
 * @param path of which everything below goes to the service, from {@code /} on
 */
public record Route(EnvironmentName environment, List<String> hosts, String path) implements Serializable {
    public Route {
        hosts = List.copyOf(hosts);
    }
}
