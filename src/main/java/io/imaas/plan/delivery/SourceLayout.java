package io.imaas.plan.delivery;

import io.imaas.model.failure.FailureException;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.ServiceSettings;
import io.imaas.model.tenancy.Tenant;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the services of one repository lie in it.
 *
 * @param groups one after the other, the services of one side by side
 * @param notes what a person should know of it
 */
public record SourceLayout(List<List<Placed>> groups, List<String> notes) implements Serializable {
    public SourceLayout {
        groups = groups.stream().map(List::copyOf).toList();
        notes = List.copyOf(notes);
    }

    /** @param path the MI project's folder within the repository, {@code ""} for its root */
    public record Placed(Service service, String path) implements Serializable {}

    /**
     * What the catalog says of the repository and what its own {@code imaas.yaml} says, together.
     *
     * @param services those of the catalog that have this repository; never empty
     * @throws FailureException INPUT when the two do not fit
     */
    public static SourceLayout of(Tenant tenant, List<Service> services, ServiceSettings settings) {
        List<List<Placed>> groups = new ArrayList<>();
        List<Service> missing = new ArrayList<>(services);
        for (List<ServiceSettings.Project> group : settings.groups()) {
            List<Placed> placed = new ArrayList<>();
            for (ServiceSettings.Project project : group) {
                Service service =
                        project.service() == null ? only(services) : named(tenant, services, project.service());
                missing.remove(service);
                placed.add(new Placed(service, project.path().equals(".") ? "" : project.path()));
            }
            groups.add(placed);
        }
        List<String> notes = missing.stream()
                .map(service -> service.name() + " is not built: the groups in imaas.yaml do not name it")
                .toList();
        return new SourceLayout(groups, notes);
    }

    public SourceLayout only(ServiceName wanted) {
        List<List<Placed>> kept = groups.stream()
                .map(group -> group.stream()
                        .filter(placed -> placed.service().name().equals(wanted))
                        .toList())
                .filter(group -> !group.isEmpty())
                .toList();
        if (kept.isEmpty()) {
            throw FailureException.unknown(
                    "this repository does not build '" + wanted + "'",
                    "",
                    wanted.value(),
                    services().stream().map(known -> known.name().value()).toList());
        }
        return new SourceLayout(kept, List.of());
    }

    public List<Service> services() {
        return groups.stream().flatMap(List::stream).map(Placed::service).toList();
    }

    private static Service only(List<Service> services) {
        if (services.size() > 1) {
            throw FailureException.input(
                    "several services have this repository: "
                            + services.stream().map(Service::name).toList(),
                    "imaas.yaml",
                    "give each its path: 'groups: [[{service: "
                            + services.get(0).name() + ", path: …}]]'");
        }
        return services.get(0);
    }

    private static Service named(Tenant tenant, List<Service> services, ServiceName wanted) {
        return services.stream()
                .filter(service -> service.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> FailureException.input(
                        "tenant " + tenant.name() + " has no service '" + wanted + "' with this repository",
                        "imaas.yaml",
                        "add it under 'services' in tenants/" + tenant.name()
                                + ".yaml of the platform repository, with this repository's URL"));
    }
}
