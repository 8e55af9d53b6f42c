package io.imaas.catalog;

import io.imaas.catalog.TenantDraft.ServiceDraft;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Spelling;
import io.imaas.model.source.GitHosts;
import io.imaas.model.tenancy.Adopted;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Preview;
import io.imaas.model.tenancy.Previews;
import io.imaas.model.tenancy.Service.Route;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What no file can know alone: that tenants don't get into each other's space. */
final class AcrossTenants {
    /** Kubernetes keeps these for itself ("Namespaces", initial namespaces and the kube- prefix). */
    private static final String RESERVED_PREFIX = "kube-";

    private final Findings findings;
    private final GitHosts gitHosts;
    private final Map<String, Place> gitops = new HashMap<>();
    private final Map<String, Place> sources = new HashMap<>();
    private final Map<String, Place> namespaces = new HashMap<>();
    private final Map<String, Place> applications = new HashMap<>();
    private final Map<String, Place> routes = new HashMap<>();
    private final Map<String, List<Location>> shared = new HashMap<>();

    AcrossTenants(Findings findings, GitHosts gitHosts) {
        this.findings = findings;
        this.gitHosts = gitHosts;
    }

    private record Place(String tenant, String what, Location where) {}

    /** Files whose tenants claim what another tenant claims, to the places where the others do. */
    Map<String, List<Location>> shared() {
        return shared;
    }

    /** Two tenants claim one thing: told where the second does. */
    private void collide(String rule, Location where, Place other, String what, String fix) {
        collide(rule, where, other.where().file(), what, fix);
    }

    private void collide(String rule, Location where, String otherFile, String what, String fix) {
        shared.computeIfAbsent(otherFile, file -> new ArrayList<>()).add(where);
        findings.refine(rule, where, what, fix);
    }

    /** Who had it before. */
    private static Optional<Place> other(Map<String, Place> taken, String key, TenantDraft tenant, Location where) {
        return Optional.ofNullable(taken.putIfAbsent(key, new Place(tenant.title(), "", where)));
    }

    /**
     * @param drafts sorted by file, so that the same files give the same problems
     * @param names of all tenants that have a file, readable or not
     */
    void check(List<TenantDraft> drafts, Set<String> names) {
        drafts.forEach(tenant -> tenant.gitops().ifPresent(url -> keepGitops(tenant, url)));
        for (TenantDraft tenant : drafts) {
            tenant.gitops().ifPresent(this::mustBeSpokenTo);
            tenant.services().forEach(service -> service.repository().ifPresent(this::mustBeSpokenTo));
            tenant.allowFrom().forEach(caller -> mustExist(tenant, caller, names));
            tenant.services().forEach(service -> keepSource(tenant, service));
            tenant.services().forEach(service -> keepRoutes(tenant, service));
            for (Located<Environment> environment : tenant.environments()) {
                keepNamespace(tenant, environment.value().name(), environment.where());
                tenant.services().forEach(service -> keepApplication(tenant, service, environment.value()));
            }
            tenant.previews().ifPresent(on -> keepNamespace(tenant, Previews.SPACE, on.where()));
        }
        Set<String> previewing = drafts.stream()
                .filter(tenant -> tenant.previews().isPresent())
                .map(TenantDraft::title)
                .collect(Collectors.toSet());
        applications.forEach((application, place) -> mustBeNoPreview(application, place, previewing));
    }

    /** Previews come and go: their names are kept free. */
    private void mustBeNoPreview(String application, Place place, Set<String> previewing) {
        String between = "-" + Previews.SPACE + "-";
        for (int at = application.indexOf(between); at > 0; at = application.indexOf(between, at + 1)) {
            String name = application.substring(at + between.length());
            String tenant = application.substring(0, at);
            if (previewing.contains(tenant)
                    && Pattern.matches("[a-z]([-a-z0-9]{0,51}[a-z0-9])?", name)
                    && Preview.of(new ServiceName(name)).isPresent()) {
                collide(
                        "name-collision",
                        place.where(),
                        "tenants/" + tenant + ".yaml",
                        "the application '" + application + "' may become a preview of the tenant '" + tenant + "' too",
                        "rename one of the two");
            }
        }
    }

    /** A host and path lead to one service. */
    private void keepRoutes(TenantDraft tenant, ServiceDraft service) {
        for (Route route : service.routes()) {
            for (String host : route.hosts()) {
                other(routes, host + route.path(), tenant, service.where())
                        .ifPresent(other -> collide(
                                "shared-route",
                                service.where(),
                                other,
                                host + route.path() + " leads to a service of tenant '" + other.tenant() + "' already ("
                                        + other.where() + ")",
                                "give one of them another host or path"));
            }
        }
    }

    private void mustBeSpokenTo(Located<Repository> url) {
        if (gitHosts.named().isEmpty()) {
            return;
        }
        try {
            gitHosts.check(url.value().url());
        } catch (FailureException refused) {
            findings.refine(
                    "foreign-git-host",
                    url.where(),
                    refused.failure().what(),
                    refused.failure().suggestion());
        }
    }

    private void keepGitops(TenantDraft tenant, Located<Repository> url) {
        other(gitops, url.value().identity(), tenant, url.where())
                .ifPresent(other -> collide(
                        "shared-gitops",
                        url.where(),
                        other,
                        "the tenant '" + other.tenant() + "' keeps its desired state in the same repository ("
                                + other.where() + ")",
                        "give each tenant a GitOps repository of its own"));
    }

    private void keepSource(TenantDraft tenant, ServiceDraft service) {
        service.repository().ifPresent(url -> {
            String identity = url.value().identity();
            Place state = gitops.get(identity);
            if (state != null) {
                collide(
                        "source-is-gitops",
                        url.where(),
                        state,
                        "this is the GitOps repository of the tenant '" + state.tenant() + "' (" + state.where()
                                + "), not a service's sources",
                        "name the repository that holds the MI project");
                return;
            }
            other(sources, identity, tenant, url.where())
                    .filter(other -> !other.tenant().equals(tenant.title()))
                    .ifPresent(other -> collide(
                            "shared-source",
                            url.where(),
                            other,
                            "the tenant '" + other.tenant() + "' builds a service from the same repository ("
                                    + other.where() + ")",
                            "a service belongs to one tenant: split the repository, or remove it from one of the two"));
        });
    }

    private void mustExist(TenantDraft tenant, Located<TenantName> caller, Set<String> names) {
        String name = caller.value().value();
        if (name.equals(tenant.title())) {
            findings.refine(
                    "allows-itself",
                    caller.where(),
                    "the tenant allows itself",
                    "remove the line: a tenant's own pods may always call each other");
        } else if (!names.contains(name)) {
            findings.refine(
                    "unknown-tenant",
                    caller.where(),
                    "there is no tenant '" + name + "'",
                    Spelling.nearest(name, names)
                            .map(near -> "did you mean '" + near + "'?")
                            .orElse("add tenants/" + name + ".yaml, or remove the line"));
        }
    }

    private void keepNamespace(TenantDraft tenant, EnvironmentName environment, Location where) {
        String namespace = tenant.title() + "-" + environment;
        if (namespace.startsWith(RESERVED_PREFIX)) {
            findings.refine(
                    "reserved-namespace",
                    where,
                    "the namespace '" + namespace + "' begins with '" + RESERVED_PREFIX
                            + "', which Kubernetes keeps for itself",
                    "rename the tenant");
        }
        keepUnique(namespaces, namespace, "the namespace", new Place(tenant.title(), "", where));
    }

    /** Application names join three names that may hold hyphens themselves. */
    private void keepApplication(TenantDraft tenant, ServiceDraft service, Environment environment) {
        service.name()
                .ifPresent(name -> keepUnique(
                        applications,
                        service.adopted().stream()
                                .map(Located::value)
                                .filter(adopted -> adopted.environment().equals(environment.name()))
                                .map(Adopted::application)
                                .findFirst()
                                .orElse(tenant.title() + "-" + environment.name() + "-" + name.value()),
                        "the application",
                        new Place(tenant.title(), environment.name() + "/" + name.value(), name.where())));
    }

    private void keepUnique(Map<String, Place> taken, String key, String kind, Place mine) {
        Place other = taken.putIfAbsent(key, mine);
        if (other != null && !(other.tenant() + other.what()).equals(mine.tenant() + mine.what())) {
            collide(
                    "name-collision",
                    mine.where(),
                    other,
                    kind + " '" + key + "' would belong to the tenant '" + other.tenant() + "' too (" + other.where()
                            + ")",
                    "rename one of the two");
        }
    }
}
