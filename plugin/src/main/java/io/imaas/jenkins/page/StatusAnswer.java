package io.imaas.jenkins.page;

import io.imaas.model.tenancy.TenantName;
import io.imaas.report.InboxItem;
import io.imaas.report.Matrix;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What programs are told.
 *
 * @param revision another one when anything but a time changed
 * @param inbox what waits in the platform's own files
 */
record StatusAnswer(String revision, List<OfTenant> tenants, List<InboxItem> inbox) {
    /**
     * @param readAt when it was read last; absent: it is being read for the first time
     * @param failure why it could not be read then; empty: it could
     * @param matrix as it was read last with success; absent: never
     * @param inbox what waited for whom then
     */
    record OfTenant(
            TenantName tenant,
            String displayName,
            Instant readAt,
            String failure,
            Matrix matrix,
            List<InboxItem> inbox) {}

    static StatusAnswer of(List<OfTenant> tenants, List<InboxItem> inbox) {
        List<Object> content = new ArrayList<>(inbox);
        tenants.forEach(of -> content.add(
                List.of(of.tenant(), of.displayName(), of.failure(), String.valueOf(of.matrix()), of.inbox())));
        return new StatusAnswer(Integer.toHexString(content.hashCode()), tenants, inbox);
    }
}
