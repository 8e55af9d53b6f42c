package io.imaas.catalog;

import io.imaas.model.tenancy.Callee;
import io.imaas.model.tenancy.Delivery;
import io.imaas.model.tenancy.Environment.DirectChangePolicy;
import io.imaas.model.tenancy.EnvironmentName;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What a tenant may leave out.
 *
 * @param approvals the least that is asked for
 * @param zone of windows that name none
 * @param windows within which everything stays
 * @param syncWindows whether the deployment server is to keep them as well
 * @param callees what a tenant's services may call at all; empty: whatever is reviewed and is not internal
 */
record Defaults(
        int replicas,
        Duration soak,
        List<EnvironmentName> environments,
        QuotaFields quota,
        DirectChangePolicy directChanges,
        Delivery delivery,
        ApprovalFields.Minimum approvals,
        ZoneId zone,
        List<WindowFields.Minimum> windows,
        boolean syncWindows,
        Optional<List<Callee>> callees) {
    Defaults {
        environments = List.copyOf(environments);
        windows = List.copyOf(windows);
    }
}
