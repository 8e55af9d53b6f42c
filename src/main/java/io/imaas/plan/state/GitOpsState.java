package io.imaas.plan.state;

import io.imaas.model.Approval;
import io.imaas.model.Digest;
import io.imaas.model.EnvironmentName;
import io.imaas.model.FailureException;
import io.imaas.model.HealthRecord;
import io.imaas.model.ServiceName;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A tenant's GitOps repository at one moment.
 *
 * @param health what is known of every digest that some environment runs, in every environment
 * @param at when it was read
 */
public record GitOpsState(
        List<EnvironmentState> environments, List<HealthRecord> health, List<Approval> approvals, Instant at)
        implements Serializable {
    public GitOpsState {
        environments = List.copyOf(environments);
        health = List.copyOf(health);
        approvals = List.copyOf(approvals);
    }

    /** What a rollout found out about a digest in an environment. */
    public Optional<HealthRecord> health(ServiceName service, EnvironmentName environment, Digest digest) {
        return health.stream()
                .filter(h -> h.service().equals(service)
                        && h.environment().equals(environment)
                        && h.digest().equals(digest))
                .findFirst();
    }

    /** @throws FailureException INPUT when the repository has no such environment */
    public EnvironmentState environment(EnvironmentName wanted) {
        return environments.stream()
                .filter(e -> e.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> FailureException.input(
                        "there is no environment '" + wanted + "'",
                        "",
                        "known: "
                                + environments.stream()
                                        .map(e -> e.name().value())
                                        .toList()));
    }
}
