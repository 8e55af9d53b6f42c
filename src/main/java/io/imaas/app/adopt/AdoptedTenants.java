package io.imaas.app.adopt;

import io.imaas.app.adopt.Adoption.Proposed;
import io.imaas.model.kubernetes.Demand;
import io.imaas.model.kubernetes.Quantity;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Adopted;
import io.imaas.model.tenancy.ApprovalPolicy;
import io.imaas.model.tenancy.Delivery;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.Environment.DirectChangePolicy;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Offboarding;
import io.imaas.model.tenancy.Previews;
import io.imaas.model.tenancy.Quota;
import io.imaas.model.tenancy.Reach;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Service.ServiceType;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Stop;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.model.tenancy.Windows;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tenants of what is proposed. */
final class AdoptedTenants {
    /** Of what runs: room for the next releases. */
    private static final int ROOM = 2;

    private static final int LEAST_PODS = 3;
    private static final Quantity LEAST_MEMORY = Quantity.of(1L << 30);

    private AdoptedTenants() {}

    static List<Tenant> of(List<Proposed> proposed, AdoptRequest request) {
        return by(Proposed::tenant, proposed).entrySet().stream()
                .map(entry -> tenant(
                        entry.getKey(),
                        request.owners(),
                        request.contact(),
                        new RepositoryUrl(request.gitops()
                                .replace("{tenant}", entry.getKey().value())),
                        path(entry.getValue(), request.environments()),
                        quota(entry.getValue()),
                        services(entry.getValue(), request.environments()),
                        request.delivery()))
                .toList();
    }

    /** One service in one environment; what else a tenant has does not come into its manifests. */
    static Tenant alone(AdoptedPlace place, Adopted adopted) {
        RepositoryUrl none = new RepositoryUrl("https://git.invalid/none.git");
        return tenant(
                place.tenant(),
                List.of(),
                "",
                none,
                List.of(place.environment()),
                Quota.NONE,
                List.of(service(
                        place.service(), none, ServiceType.WORKER, List.of(place.environment()), List.of(adopted))),
                Delivery.RENDERED);
    }

    private static Tenant tenant(
            TenantName name,
            List<String> owners,
            String contact,
            RepositoryUrl gitops,
            List<EnvironmentName> path,
            Quota quota,
            List<Service> services,
            Delivery delivery) {
        return new Tenant(
                "",
                name,
                name.value(),
                owners,
                contact,
                gitops,
                path.stream().map(AdoptedTenants::environment).toList(),
                quota,
                List.of(),
                services,
                Stop.NONE,
                Offboarding.NONE,
                delivery,
                Reach.NONE,
                List.of(),
                Previews.NONE);
    }

    private static <K> Map<K, List<Proposed>> by(Function<Proposed, K> key, List<Proposed> all) {
        return all.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
    }

    private static List<EnvironmentName> path(List<Proposed> some, List<EnvironmentName> order) {
        List<EnvironmentName> used = some.stream().map(Proposed::environment).toList();
        return order.stream().filter(used::contains).toList();
    }

    private static Environment environment(EnvironmentName name) {
        return new Environment(
                name,
                ApprovalPolicy.NONE,
                1,
                List.of(),
                Duration.ZERO,
                false,
                false,
                DirectChangePolicy.FLAG,
                false,
                Offboarding.NONE,
                Windows.ALWAYS,
                true);
    }

    private static List<Service> services(List<Proposed> all, List<EnvironmentName> order) {
        return by(Proposed::service, all).values().stream()
                .map(some -> service(
                        some.get(0).service(),
                        some.get(0).repository(),
                        some.get(0).type(),
                        path(some, order),
                        some.stream().map(Proposed::adopted).toList()))
                .toList();
    }

    private static Service service(
            ServiceName name,
            RepositoryUrl repository,
            ServiceType type,
            List<EnvironmentName> path,
            List<Adopted> adopted) {
        return new Service(
                name, repository, type, path, Stop.NONE, Offboarding.NONE, adopted, List.of(), List.of(), "");
    }

    /** Enough for the fullest environment, and for pods beside each other during a rollout. */
    private static Quota quota(List<Proposed> all) {
        Map<EnvironmentName, Demand> demands = new TreeMap<>();
        Map<EnvironmentName, Integer> pods = new TreeMap<>();
        all.forEach(one -> {
            demands.merge(one.environment(), one.demand(), Demand::plus);
            pods.merge(one.environment(), Math.max(LEAST_PODS, one.demand().pods()), Integer::sum);
        });
        Demand most = max(demands.values()).times(ROOM);
        return new Quota(
                most.cpu().max(Quantity.of(1)).cores(),
                most.memory().max(most.memoryLimit()).max(LEAST_MEMORY).memory(),
                pods.values().stream().mapToInt(Integer::intValue).max().orElse(LEAST_PODS) * ROOM);
    }

    private static Demand max(Collection<Demand> demands) {
        return demands.stream().reduce(Demand.NONE, Demand::max);
    }
}
