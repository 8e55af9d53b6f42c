package io.imaas.model.tenancy;

import java.io.Serializable;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;

/** The tenants of a platform in the order of its files, which finds one by its name however many there are. */
final class Tenants extends AbstractList<Tenant> implements RandomAccess, Serializable {
    private static final long serialVersionUID = 1;

    private final ArrayList<Tenant> all;
    private final HashMap<TenantName, Tenant> byName = new HashMap<>();
    private final HashMap<TenantName, ArrayList<Tenant>> byCaller = new HashMap<>();

    private Tenants(List<Tenant> tenants) {
        all = new ArrayList<>(tenants);
        for (Tenant tenant : all) {
            byName.putIfAbsent(tenant.name(), tenant);
            tenant.allowFrom().forEach(caller -> byCaller.computeIfAbsent(caller, fresh -> new ArrayList<>())
                    .add(tenant));
        }
    }

    static Tenants of(List<Tenant> tenants) {
        return tenants instanceof Tenants known ? known : new Tenants(tenants);
    }

    Map<TenantName, Tenant> byName() {
        return byName;
    }

    /** Those that a tenant may call. */
    List<Tenant> calledBy(TenantName caller) {
        return byCaller.getOrDefault(caller, new ArrayList<>());
    }

    @Override
    public Tenant get(int index) {
        return all.get(index);
    }

    @Override
    public int size() {
        return all.size();
    }
}
