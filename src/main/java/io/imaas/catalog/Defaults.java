package io.imaas.catalog;

import io.imaas.model.tenancy.ApprovalPolicy;
import io.imaas.model.tenancy.Delivery;
import io.imaas.model.tenancy.DirectChangePolicy;
import io.imaas.model.tenancy.EnvironmentName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a tenant may leave out.
 *
 * @param approvals the least that holds wherever somebody is asked
 */
record Defaults(
        int replicas,
        Duration soak,
        List<EnvironmentName> environments,
        Optional<String> cpu,
        Optional<String> memory,
        Optional<Integer> pods,
        DirectChangePolicy directChanges,
        Delivery delivery,
        ApprovalPolicy approvals) {
    Defaults {
        environments = List.copyOf(environments);
    }
}
