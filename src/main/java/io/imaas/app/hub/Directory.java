package io.imaas.app.hub;

import io.imaas.model.event.CloudEvent;
import io.imaas.model.source.RepositoryPlace;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Whose a repository, an image or a namespace is, by one look into a map. */
final class Directory {
    private final Map<Object, TenantName> owners = new HashMap<>();

    Directory(Catalog catalog) {
        for (Tenant tenant : catalog.tenants()) {
            add(tenant.gitops(), tenant.name());
            tenant.environments().forEach(each -> owners.put(tenant.namespace(each.name()), tenant.name()));
            tenant.services().forEach(service -> {
                add(service.repository(), tenant.name());
                owners.put(catalog.imagesOf(tenant, service).toString(), tenant.name());
            });
        }
    }

    private void add(RepositoryUrl repository, TenantName tenant) {
        owners.putIfAbsent(RepositoryPlace.of(repository), tenant);
    }

    /** Empty when it concerns no tenant that is known. */
    Optional<TenantName> tenantOf(CloudEvent event) {
        return Optional.ofNullable(owners.get(event.subject()))
                .or(() -> RepositoryPlace.find(event.subject()).map(owners::get));
    }
}
