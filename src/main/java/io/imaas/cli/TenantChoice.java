package io.imaas.cli;

import io.imaas.app.Imaas;
import io.imaas.app.Ownership;
import io.imaas.app.Tenancy;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.BrokenTenant;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which tenant a command is about, the plainest word first: its name, its GitOps repository, the platform's only tenant,
 * the one whose checkout the command runs in, the only one that has the named services.
 */
record TenantChoice(GitOpsOptions options, Imaas imaas, Collection<ServiceName> services) {
    private static final int MANY = 10;

    Tenant tenant() {
        List<Tenant> all = imaas.catalog().tenants();
        Optional<RepositoryUrl> gitops =
                options.gitops().isEmpty() ? Optional.empty() : Optional.of(RepositoryOption.url(options.gitops()));
        if (options.tenant().isPresent()) {
            Tenant named = imaas.tenant(options.tenant().get());
            gitops.filter(url -> !same(url, named.gitops())).ifPresent(url -> {
                throw FailureException.input(
                        "tenant " + named.name() + " has another GitOps repository: " + named.gitops(),
                        url.value(),
                        "leave --gitops or --tenant out");
            });
            return named;
        }
        if (gitops.isPresent()) {
            return all.stream()
                    .filter(one -> same(one.gitops(), gitops.get()))
                    .findFirst()
                    .orElseThrow(() -> FailureException.input(
                            "no tenant of the platform has this GitOps repository",
                            options.gitops(),
                            "see 'gitops' in tenants/*.yaml"));
        }
        // One that is left out may have the same service: nothing is done for a tenant that was not meant.
        boolean whole = imaas.catalog().broken().isEmpty();
        if (whole && all.size() == 1) {
            return all.get(0);
        }
        return ofCheckout().or(() -> whole ? ofServices() : Optional.empty()).orElseThrow(() -> unclear(all));
    }

    /** A folder's path and its {@code file://} URL are the same place. */
    private static boolean same(RepositoryUrl one, RepositoryUrl other) {
        return plain(one).equals(plain(other));
    }

    private static String plain(RepositoryUrl url) {
        return url.value().replaceFirst("^file://", "").replaceAll("/+$", "");
    }

    private Optional<Tenant> ofCheckout() {
        return ownership().flatMap(owner -> {
            if (owner instanceof Ownership.Sources sources) {
                return Optional.of(sources.tenant());
            }
            return owner instanceof Ownership.GitOps own ? Optional.of(own.tenant()) : Optional.empty();
        });
    }

    /** Of the checkout's repository; whatever odd address its remote has, it is not an error not to know it. */
    private Optional<Ownership> ownership() {
        try {
            return options.checkout().flatMap(url -> new Tenancy(imaas.catalog(), Optional.empty()).find(url));
        } catch (FailureException e) {
            if (e.failure().kind() == FailureKind.INPUT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Optional<Tenant> ofServices() {
        List<Tenant> having = imaas.catalog().tenants().stream()
                .filter(tenant -> !services.isEmpty()
                        && services.stream()
                                .allMatch(name -> tenant.service(name).isPresent()))
                .toList();
        return having.size() == 1 ? Optional.of(having.get(0)) : Optional.empty();
    }

    private FailureException unclear(List<Tenant> all) {
        for (ServiceName service : services) {
            if (imaas.catalog().broken().isEmpty()
                    && all.stream().noneMatch(tenant -> tenant.service(service).isPresent())) {
                return FailureException.unknown(
                        "no tenant of the platform has a service '" + service + "'",
                        options.platform().platform(),
                        service.value(),
                        all.stream()
                                .flatMap(tenant -> tenant.services().stream())
                                .map(known -> known.name().value())
                                .distinct()
                                .toList());
            }
        }
        List<BrokenTenant> broken = imaas.catalog().broken();
        List<String> names = Stream.concat(
                        all.stream().map(one -> one.name().value()),
                        broken.stream().map(BrokenTenant::name))
                .toList();
        if (all.isEmpty() && !broken.isEmpty()) {
            return broken.get(0).refused();
        }
        return FailureException.input(
                "the platform has " + names.size() + " tenants, and none is named: "
                        + String.join(", ", names.subList(0, Math.min(MANY, names.size())))
                        + (names.size() > MANY ? ", …" : ""),
                options.platform().platform(),
                options.again("--tenant", names.get(0)));
    }

    /**
     * The service that the checkout holds.
     *
     * @throws FailureException INPUT when it holds none, or several
     */
    ServiceName serviceOfCheckout(Tenant tenant) {
        List<ServiceName> there = ownership()
                .filter(Ownership.Sources.class::isInstance)
                .map(owner -> ((Ownership.Sources) owner)
                        .services().stream().map(service -> service.name()).toList())
                .orElse(List.of());
        if (there.size() == 1) {
            return there.get(0);
        }
        List<ServiceName> known = there.isEmpty()
                ? tenant.services().stream().map(service -> service.name()).toList()
                : there;
        throw FailureException.input(
                (there.isEmpty()
                                ? "no service is named, and this folder is not a checkout of one; there are "
                                : "no service is named, and this repository holds ")
                        + known.stream().limit(MANY).map(ServiceName::value).collect(Collectors.joining(", "))
                        + (known.size() > MANY ? ", …" : ""),
                options.settings().here().toAbsolutePath().normalize().toString(),
                known.stream().findFirst().map(options.order()::with).orElse("name one"));
    }
}
