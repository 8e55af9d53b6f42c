package io.imaas.catalog;

import io.imaas.model.failure.Location;
import io.imaas.model.tenancy.Adopted;
import io.imaas.model.tenancy.Delivery;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Offboarding;
import io.imaas.model.tenancy.Previews;
import io.imaas.model.tenancy.Quota;
import io.imaas.model.tenancy.Reach;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Service.Route;
import io.imaas.model.tenancy.Service.ServiceSecret;
import io.imaas.model.tenancy.Service.ServiceType;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Stop;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** As much of a tenant's file as could be read: enough to check it against the others even while parts are wrong. */
record TenantDraft(
        String fileName,
        Optional<Located<TenantName>> name,
        String displayName,
        List<Located<String>> owners,
        List<String> developers,
        String contact,
        Optional<Located<Repository>> gitops,
        List<Located<Environment>> environments,
        Quota quota,
        List<Located<TenantName>> allowFrom,
        List<ServiceDraft> services,
        Stop stopTheLine,
        Offboarding offboarding,
        Delivery delivery,
        Reach reach,
        Optional<Located<Previews>> previews) {
    /** What the tenant is called: by its file, which is the name that others use. */
    String title() {
        return name.map(given -> given.value().value()).orElse(fileName);
    }

    /** @param where the service's first line */
    record ServiceDraft(
            Location where,
            Optional<Located<ServiceName>> name,
            Optional<Located<Repository>> repository,
            Optional<ServiceType> type,
            List<Located<EnvironmentName>> environments,
            Stop stopTheLine,
            Offboarding offboarding,
            List<Located<Adopted>> adopted,
            List<ServiceSecret> secrets,
            List<Route> routes,
            String follow) {
        Service complete(TenantName tenant, List<EnvironmentName> all, Map<String, String> files) {
            return new Service(
                    name.orElseThrow().value(),
                    repository.orElseThrow().value().url(),
                    type.orElseThrow(),
                    environments.isEmpty()
                            ? all
                            : environments.stream().map(Located::value).toList(),
                    stopTheLine,
                    offboarding,
                    adopted.stream()
                            .map(Located::value)
                            .map(one -> AdoptedFiles.withFile(
                                    one, tenant, name.orElseThrow().value(), files))
                            .toList(),
                    secrets,
                    routes,
                    follow);
        }
    }

    List<EnvironmentName> path() {
        return environments.stream().map(e -> e.value().name()).toList();
    }

    /**
     * The tenant; only to be asked for when nothing was wrong.
     *
     * @param files of the platform repository: manifests that are kept lie in files of their own
     */
    Tenant complete(String platform, Map<String, String> files) {
        return new Tenant(
                platform,
                name.orElseThrow().value(),
                displayName,
                owners.stream().map(Located::value).toList(),
                contact,
                gitops.orElseThrow().value().url(),
                environments.stream().map(Located::value).toList(),
                quota,
                allowFrom.stream().map(Located::value).toList(),
                services.stream()
                        .map(service -> service.complete(name.orElseThrow().value(), path(), files))
                        .toList(),
                stopTheLine,
                offboarding,
                delivery,
                reach,
                developers,
                previews.map(Located::value).orElse(Previews.NONE));
    }
}
