package io.imaas.app;

import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.Previews;
import io.imaas.port.RunningApplications;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is the platform's by its labels and that no file names: a tenant, an environment or a service was removed without a
 * tombstone. Asked by one list a kind, however many tenants there are.
 */
public final class Orphans {
    private final Set<String> namespaces = new HashSet<>();
    private final Set<String> applications = new HashSet<>();
    private final Set<String> previews = new HashSet<>();

    private Orphans(Catalog catalog) {
        catalog.tenants().stream()
                .filter(tenant -> tenant.previews().isOn())
                .map(tenant -> tenant.namespace(Previews.SPACE))
                .forEach(space -> {
                    namespaces.add(space);
                    previews.add(space + "-");
                });
        catalog.tenants().forEach(tenant -> tenant.environments().stream()
                .map(Environment::name)
                .forEach(environment -> {
                    namespaces.add(tenant.namespace(environment));
                    tenant.servicesIn(environment)
                            .forEach(service -> applications.add(tenant.application(service, environment)));
                }));
    }

    /** A warning each, namespaces first. */
    public static List<Problem> of(Catalog catalog, Ports ports) {
        Orphans named = new Orphans(catalog);
        String platform = catalog.platform().name();
        List<Problem> problems = new ArrayList<>();
        ports.cluster().list("v1", "Namespace", "", OwnLabels.PLATFORM, platform).stream()
                .map(Manifest::name)
                .filter(name -> !named.namespaces.contains(name) && !catalog.mayBeOfBroken(name))
                .sorted()
                .forEach(name -> problems.add(problem("Namespace", name)));
        ports.find(RunningApplications.class).map(server -> server.owned(platform)).orElse(List.of()).stream()
                .filter(owned -> !(owned.isProject() ? named.namespaces : named.applications).contains(owned.name()))
                .filter(owned -> !catalog.mayBeOfBroken(owned.name()))
                // What pull requests made, their own sweep looks after.
                .filter(owned -> owned.isProject() || named.previews.stream().noneMatch(owned.name()::startsWith))
                .forEach(owned -> problems.add(problem(owned.kind(), owned.name())));
        return problems;
    }

    private static Problem problem(String kind, String name) {
        return Problem.warning(
                "orphan",
                Location.of(kind + " " + name),
                "no file of the platform names it any more; it runs on and nobody keeps it",
                "give its tenant, environment or service back with 'offboarding', or delete it by hand");
    }
}
