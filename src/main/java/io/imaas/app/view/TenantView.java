package io.imaas.app.view;

import io.imaas.model.failure.Failure;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.report.Deployment;
import io.imaas.report.Dora;
import io.imaas.report.InboxItem;
import io.imaas.report.Matrix;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One tenant as it was read last.
 *
 * @param matrix null when it was never read
 * @param inbox what waits for whom, the most urgent first
 * @param deployments newest first
 * @param readAt when all this was so; null when it was never read
 * @param failure why the newest attempt to read it failed; null when it did not
 */
public record TenantView(
        Tenant tenant,
        Matrix matrix,
        List<InboxItem> inbox,
        List<Deployment> deployments,
        Instant readAt,
        Failure failure) {
    public TenantView {
        inbox = List.copyOf(inbox);
        deployments = List.copyOf(deployments);
    }

    static TenantView unread(Tenant tenant) {
        return new TenantView(tenant, null, List.of(), List.of(), null, null);
    }

    /** The same under what the platform's files say of the tenant now. */
    TenantView of(Tenant now) {
        return new TenantView(now, matrix, inbox, deployments, readAt, failure);
    }

    /** What is known stays; that it could not be read is one more thing that waits for somebody. */
    TenantView failed(Failure why) {
        List<InboxItem> known = inbox.stream()
                .filter(item -> item.service() != null || item.kind() != InboxItem.Kind.UNREADABLE)
                .toList();
        List<InboxItem> all = new ArrayList<>(known);
        all.add(InboxItem.unreadable(tenant, why));
        all.sort(Comparator.comparing(InboxItem::kind));
        return new TenantView(tenant, matrix, all, deployments, readAt, why);
    }

    public boolean isRead() {
        return matrix != null;
    }

    /** The kind of the most urgent thing that waits; empty when nothing does. */
    public Optional<InboxItem.Kind> urgency() {
        return inbox.stream().map(InboxItem::kind).min(Comparator.naturalOrder());
    }

    public long count(InboxItem.Kind kind) {
        return inbox.stream().filter(item -> item.kind() == kind).count();
    }

    public List<Deployment> of(ServiceName service) {
        return deployments.stream().filter(one -> one.service().equals(service)).toList();
    }

    /** The last environment of the tenant's path: the one that customers use. */
    public EnvironmentName last() {
        return tenant.environments().get(tenant.environments().size() - 1).name();
    }

    /** How it delivered to its last environment. */
    public Dora dora(Instant now, Duration period) {
        return Dora.of(deployments, last(), now.minus(period));
    }
}
