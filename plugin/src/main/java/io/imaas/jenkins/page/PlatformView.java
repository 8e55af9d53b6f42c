package io.imaas.jenkins.page;

import io.imaas.app.Imaas;
import io.imaas.jenkins.config.ImaasConfiguration;
import io.imaas.jenkins.page.BackgroundValue.Reading;
import io.imaas.jenkins.world.PlatformWorld;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.report.InboxItem;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The platform as the page shows it to the one who asks: their tenants, and not a word of any other. */
public final class PlatformView {
    private final PlatformStatus status = PlatformStatus.get();
    private final Instant now = PlatformWorld.get().clock().now();
    private final boolean configured =
            !ImaasConfiguration.get().getPlatformRepository().isEmpty();
    private final Reading<Catalog> catalog = configured ? status.catalog() : Reading.none();

    public boolean isConfigured() {
        return configured;
    }

    /** Whether the platform's metadata are read for the first time. */
    public boolean isPending() {
        return configured && catalog.never();
    }

    /** Whether anything is being read, for the first time or again, so that there will soon be more to see. */
    public boolean isIncomplete() {
        return isPending() || getTenants().stream().anyMatch(TenantView::isUnderWay);
    }

    /** Whether the platform's metadata can't be read. */
    public boolean isUnreadable() {
        return !catalog.failure().isEmpty();
    }

    /** Why: for administrators only, for it names repositories and files of everybody. */
    public String getFailure() {
        return Visitor.administers() ? catalog.failure() : "";
    }

    public boolean isAdministrator() {
        return Visitor.administers();
    }

    public List<TenantView> getTenants() {
        return visible().map(this::view).toList();
    }

    /** A tenant that the visitor may see; whether another one exists is not told. */
    public Optional<TenantView> tenant(String name) {
        return find(name).map(this::view);
    }

    Optional<Tenant> find(String name) {
        return visible().filter(tenant -> tenant.name().value().equals(name)).findFirst();
    }

    /** Another one when anything but a time changed. */
    public String getRevision() {
        return answer().revision();
    }

    /** The same as values for programs. */
    StatusAnswer answer() {
        return StatusAnswer.of(
                visible()
                        .map(tenant -> answer(tenant, status.of(tenant.name())))
                        .toList(),
                ofPlatform());
    }

    private static StatusAnswer.OfTenant answer(Tenant tenant, Reading<TenantStatus> reading) {
        return new StatusAnswer.OfTenant(
                tenant.name(),
                tenant.displayName(),
                reading.at(),
                reading.failure(),
                reading.value() == null ? null : reading.value().matrix(),
                inbox(tenant, reading));
    }

    /** What waits for whom in the tenants that the visitor may see and in the platform's own files, the most urgent first. */
    public List<Waiting> getInbox() {
        return Stream.concat(
                        visible().flatMap(tenant -> inbox(tenant, status.of(tenant.name())).stream()),
                        ofPlatform().stream())
                .sorted(Comparator.comparing(InboxItem::kind))
                .map(item -> Waiting.of(item, now))
                .toList();
    }

    /** What waits in the platform's own files: for administrators, who see all tenants. */
    private List<InboxItem> ofPlatform() {
        return catalog.value() == null || !Visitor.administers()
                ? List.of()
                : Imaas.inbox(catalog.value().platform(), now, "");
    }

    /** A tenant that can't be read is told in its place. */
    private static List<InboxItem> inbox(Tenant tenant, Reading<TenantStatus> reading) {
        if (!reading.failure().isEmpty()) {
            return List.of(InboxItem.unreadable(tenant, reading.failure()));
        }
        return reading.value() == null ? List.of() : reading.value().inbox();
    }

    private Stream<Tenant> visible() {
        List<Tenant> all = catalog.value() == null ? List.of() : catalog.value().tenants();
        return all.stream()
                .filter(tenant -> Visitor.sees(tenant.name()))
                .sorted(Comparator.comparing(Tenant::name, Comparator.comparing(TenantName::value)));
    }

    private TenantView view(Tenant tenant) {
        return new TenantView(tenant, status.of(tenant.name()), now);
    }
}
