package io.imaas.plan.promotion;

import io.imaas.model.Environment;
import io.imaas.model.EnvironmentName;
import io.imaas.model.Release;
import io.imaas.model.Service;
import io.imaas.plan.state.ServiceState;
import java.util.List;
import java.util.Optional;

/**
 * One service on its way.
 *
 * @param source its state in the environment it comes from
 * @param target its state in the environment it goes to, or null when it never ran there
 * @param environment the policy of the environment it goes to
 */
record Candidate(
        Service service, EnvironmentName from, Environment environment, ServiceState source, ServiceState target)
        implements java.io.Serializable {
    Release release() {
        return source.release();
    }

    /** {@code order-api 1.4.0 -> prod}. */
    String subject() {
        return service.name() + (release() == null ? "" : " " + release().version()) + " -> " + environment.name();
    }

    /** Whether the service only travels through this environment, which is not on its path. */
    boolean passesThrough() {
        return !service.environments().contains(environment.name());
    }

    /** The environment on the service's own path in which the release must have proven itself. */
    Optional<EnvironmentName> provenIn() {
        List<EnvironmentName> path = service.environments();
        int to = path.indexOf(environment.name());
        return to > 0 ? Optional.of(path.get(to - 1)) : Optional.empty();
    }

    /** Whether the target runs the very release already, with the same common values. */
    boolean alreadyThere() {
        return target != null
                && target.release() != null
                && target.release().image().equals(release().image())
                && java.util.Objects.equals(target.releaseFile(), source.releaseFile())
                && java.util.Objects.equals(target.valuesFile(), source.valuesFile());
    }
}
