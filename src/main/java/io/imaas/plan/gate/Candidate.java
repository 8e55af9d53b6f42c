package io.imaas.plan.gate;

import io.imaas.model.rollout.Release;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.plan.snapshot.ServiceState;
import java.util.List;
import java.util.Optional;

/**
 * One service on its way.
 *
 * @param from where it comes from; null when its path begins here
 * @param source how it would be there; where it comes from an environment, its state there
 * @param target its state in the environment it goes to, or null when it never ran there
 * @param environment the policy of the environment it goes to
 */
public record Candidate(
        Service service, EnvironmentName from, Environment environment, ServiceState source, ServiceState target)
        implements java.io.Serializable {
    public Release release() {
        return source.release();
    }

    /** {@code order-api 1.4.0 -> prod}. */
    public String subject() {
        return service.name() + (release() == null ? "" : " " + release().version()) + " -> " + environment.name();
    }

    /** Whether nothing lies before this environment: neither on the service's path nor by where it comes from. */
    public boolean begins() {
        return from == null && !passesThrough() && provenIn().isEmpty();
    }

    /** Whether the service only travels through this environment, which is not on its path. */
    public boolean passesThrough() {
        return !service.environments().contains(environment.name());
    }

    /** The environment on the service's own path in which the release must have proven itself. */
    public Optional<EnvironmentName> provenIn() {
        List<EnvironmentName> path = service.environments();
        int to = path.indexOf(environment.name());
        return to > 0 ? Optional.of(path.get(to - 1)) : Optional.empty();
    }

    /** Whether the target runs the very release already, with the same common values and migration. */
    public boolean alreadyThere() {
        return target != null
                && target.release() != null
                && target.release().image().equals(release().image())
                && java.util.Objects.equals(target.releaseFile(), source.releaseFile())
                && java.util.Objects.equals(target.valuesFile(), source.valuesFile())
                && java.util.Objects.equals(target.migration(), source.migration());
    }
}
