package io.imaas.model.tenancy;

import io.imaas.model.source.RepositoryUrl;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * A deployable integration.
 *
 * @param environments its own promotion path, in order; never empty
 * @param stopTheLine why it is not promoted
 * @param offboarding from when it alone is taken away, if ever; its tenant may go earlier
 * @param adopted where it ran before the platform managed it
 * @param secrets that it gets in every environment
 * @param routes by which it is reached from outside, one for an environment at the most
 * @param follow which versions of images that are built elsewhere are released by themselves, as a range of semantic
 *     versions such as {@code ~1.4}; empty: none
 */
public record Service(
        ServiceName name,
        RepositoryUrl repository,
        ServiceType type,
        List<EnvironmentName> environments,
        Stop stopTheLine,
        Offboarding offboarding,
        List<Adopted> adopted,
        List<ServiceSecret> secrets,
        List<Route> routes,
        String follow)
        implements Serializable {
    public Service {
        environments = List.copyOf(environments);
        adopted = List.copyOf(adopted);
        secrets = List.copyOf(secrets);
        routes = List.copyOf(routes);
    }

    /** One that stays, and whose promotions go on. */
    public Service(ServiceName name, RepositoryUrl repository, ServiceType type, List<EnvironmentName> environments) {
        this(name, repository, type, environments, Stop.NONE, Offboarding.NONE, List.of(), List.of(), List.of(), "");
    }

    /** Whether its images are built elsewhere, and new ones are released by themselves. */
    public boolean follows() {
        return !follow.isEmpty();
    }

    /** What ran of it in an environment before. */
    public Optional<Adopted> adopted(EnvironmentName environment) {
        return adopted.stream()
                .filter(one -> one.environment().equals(environment))
                .findFirst();
    }

    /** What a service is to its callers; the chart draws the line between them. */
    public enum ServiceType {
        /** HTTP in: gets a Service and, where wanted, an Ingress. */
        GATEWAY,
        /** Reacts to events; nobody calls it. */
        WORKER,
        /** Runs to an end, once or on a schedule. */
        STEP;

        /** The word in metadata and chart values. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * A secret that a service gets, by where it is kept; its value is in no file.
     *
     * @param name of the environment variable
     * @param key where it is kept, below the tenant's own prefix
     * @param property which part of it; empty: the whole
     */
    public record ServiceSecret(String name, String key, String property) implements Serializable {}

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
}
