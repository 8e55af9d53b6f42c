package io.imaas.app;

import io.imaas.model.tenancy.BrokenTenant;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which tenants a change of the metadata may reach, found without planning any: so that a change costs what it is. */
final class Affected {
    private Affected() {}

    /** Whether the tenant, or a part of it, goes by a tombstone that is due. */
    static boolean goes(Tenant tenant, LocalDate today) {
        return tenant.offboarding().isDue(today) || !tenant.remainingOn(today).equals(tenant);
    }

    /** Whether all that holds for every tenant is as it was. */
    private static boolean isOneRule(Catalog before, Catalog after) {
        return before.platform().equals(after.platform())
                && before.policies().equals(after.policies())
                && before.repositories().equals(after.repositories());
    }

    /**
     * Those that changed or of which something goes by its tombstone, and whoever may call them or be called by them; all when
     * the platform itself changed, or a tenant was left out before: what others let in was left as it was then. One whose file
     * had errors is one that changed.
     */
    static List<Tenant> by(Optional<Catalog> before, Catalog after, LocalDate today) {
        if (before.isEmpty()
                || !isOneRule(before.get(), after)
                || !before.get().broken().stream().allMatch(BrokenTenant::kept)) {
            return after.tenants();
        }
        Map<TenantName, Tenant> old = new HashMap<>();
        before.get().tenants().forEach(tenant -> old.put(tenant.name(), tenant));
        Set<TenantName> changed = new HashSet<>();
        Set<TenantName> reached = new HashSet<>();
        for (Tenant tenant : after.tenants()) {
            Tenant was = old.remove(tenant.name());
            if (!tenant.equals(was)
                    || goes(tenant, today)
                    || before.get().broken(tenant.name().value()).isPresent()) {
                changed.add(tenant.name());
                reached.addAll(tenant.allowFrom());
                reached.addAll(was == null ? List.of() : was.allowFrom());
            }
        }
        old.values().forEach(gone -> {
            changed.add(gone.name());
            reached.addAll(gone.allowFrom());
        });
        return after.tenants().stream()
                .filter(tenant -> changed.contains(tenant.name())
                        || reached.contains(tenant.name())
                        || tenant.allowFrom().stream().anyMatch(changed::contains))
                .toList();
    }
}
