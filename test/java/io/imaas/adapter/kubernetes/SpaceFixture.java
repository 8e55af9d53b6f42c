package io.imaas.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.imaas.model.failure.Effect;
import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.ApiManagerPolicy;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Delivery;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Offboarding;
import io.imaas.model.tenancy.OnboardingPolicy;
import io.imaas.model.tenancy.OnboardingPolicy.Collector;
import io.imaas.model.tenancy.OnboardingPolicy.GatewayPolicy;
import io.imaas.model.tenancy.OnboardingPolicy.Part;
import io.imaas.model.tenancy.OnboardingPolicy.PullPolicy;
import io.imaas.model.tenancy.OnboardingPolicy.RegistryPolicy;
import io.imaas.model.tenancy.Previews;
import io.imaas.model.tenancy.Quota;
import io.imaas.model.tenancy.Reach;
import io.imaas.model.tenancy.SecretsPolicy;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Service.Route;
import io.imaas.model.tenancy.Service.ServiceSecret;
import io.imaas.model.tenancy.Service.ServiceType;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Stop;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.model.tenancy.VaultAgent;
import io.imaas.plan.onboarding.TenantManifests;
import io.imaas.plan.step.EnsureManifests;
import io.imaas.port.Cluster.Applied;
import io.imaas.run.Outcome;
import io.imaas.step.runner.EnsureManifestsRunner;
import io.imaas.testing.ManualClock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A tenant's space on some cluster: the double, or a real API server. */
abstract class SpaceFixture {
    static final Environment DEV =
            new Environment(new EnvironmentName("dev"), List.of(), 1, List.of(), Duration.ZERO, false, false);

    /** Not every cluster has the Prometheus operator. */
    static final OnboardingPolicy POLICY = without(Set.of(Part.MONITORING));

    private static OnboardingPolicy without(Set<Part> off) {
        return new OnboardingPolicy(
                off,
                "ingress-nginx",
                "monitoring",
                List.of(DEV.name()),
                "",
                RegistryPolicy.USUAL,
                PullPolicy.NONE,
                SecretsPolicy.NONE,
                GatewayPolicy.NONE,
                Collector.NONE,
                ApiManagerPolicy.NONE);
    }

    abstract KubernetesClient client();

    /** A tenant whose namespace is not there yet. */
    abstract String tenant();

    final KubernetesCluster cluster() {
        return new KubernetesCluster(client());
    }

    String namespace() {
        return tenant() + "-dev";
    }

    List<ClusterObject> space(String platform, String cpu, String... callers) {
        Tenant tenant = tenant(platform, tenant(), cpu, callers);
        List<Tenant> all = new ArrayList<>(List.of(tenant));
        List.of(callers).forEach(caller -> all.add(tenant(platform, caller, "1")));
        return of(POLICY, tenant, all);
    }

    static List<ClusterObject> of(OnboardingPolicy policy, Tenant tenant, List<Tenant> all) {
        return new TenantManifests(policy, LocalDate.of(2026, 11, 28)).of(new Catalog(null, all), tenant, DEV);
    }

    final List<ClusterObject> space() {
        return space("acme", "0.5");
    }

    /** The space of another tenant of the same platform. */
    final List<ClusterObject> spaceOf(String name) {
        Tenant tenant = tenant("acme", name, "1");
        return of(POLICY, tenant, List.of(tenant));
    }

    /** The space of a platform that switched every part off. */
    final List<ClusterObject> bareSpace() {
        Tenant tenant = tenant("acme", tenant(), "0.5");
        return of(without(EnumSet.allOf(Part.class)), tenant, List.of(tenant));
    }

    /** The space of a platform that switches nothing off. */
    final List<ClusterObject> wholeSpace() {
        Tenant tenant = tenant("acme", tenant(), "1");
        return of(OnboardingPolicy.USUAL, tenant, List.of(tenant));
    }

    List<ClusterObject> developedSpace() {
        Tenant developed = tenant("acme", tenant(), "0.5", List.of(), List.of(), "@acme/devs");
        return of(POLICY, developed, List.of(developed));
    }

    /** One with a service that has secrets and a way from outside, or a service that has neither. */
    List<ClusterObject> servedSpace(boolean served) {
        Service service = new Service(
                new ServiceName("order-api"),
                new RepositoryUrl("https://git.example.org/order-api.git"),
                ServiceType.GATEWAY,
                List.of(DEV.name()),
                Stop.NONE,
                Offboarding.NONE,
                List.of(),
                served ? List.of(new ServiceSecret("DB_PASSWORD", "database", "password")) : List.of(),
                served ? List.of(new Route(DEV.name(), List.of("api.example.org"), "/orders")) : List.of(),
                "");
        OnboardingPolicy policy = new OnboardingPolicy(
                Set.of(),
                "ingress-nginx",
                "monitoring",
                List.of(),
                "",
                RegistryPolicy.USUAL,
                PullPolicy.NONE,
                new SecretsPolicy(
                        "imaas",
                        "1h",
                        Map.of(
                                "vault",
                                Map.of("server", "https://vault.example.org", "path", "secret", "auth", Map.of())),
                        VaultAgent.NONE,
                        Collector.NONE),
                new GatewayPolicy(
                        GatewayPolicy.Kind.ENVOY,
                        "gateways",
                        "public",
                        "",
                        "https://login.example.org",
                        "https://login.example.org/keys",
                        List.of("integrations")),
                Collector.NONE,
                ApiManagerPolicy.NONE);
        Tenant serving = tenant("acme", tenant(), "0.5", List.of(), List.of(service));
        return of(policy, serving, List.of(serving));
    }

    /** Sees to it that the cluster knows the kinds of some objects, or ends the test. */
    abstract void needKinds(List<ClusterObject> objects);

    private static Tenant tenant(String platform, String name, String cpu, String... callers) {
        return tenant(platform, name, cpu, List.of(callers), List.of());
    }

    private static Tenant tenant(
            String platform,
            String name,
            String cpu,
            List<String> callers,
            List<Service> services,
            String... developers) {
        return new Tenant(
                platform,
                new TenantName(name),
                "Orders",
                List.of("@acme/leads"),
                "orders@example.org",
                new RepositoryUrl("https://git.example.org/" + name + ".git"),
                List.of(DEV),
                new Quota(cpu, "4Gi", 4),
                callers.stream().map(TenantName::new).toList(),
                services,
                Stop.NONE,
                Offboarding.NONE,
                Delivery.HELM,
                Reach.NONE,
                List.of(developers),
                Previews.NONE);
    }

    final void edit(String apiVersion, String kind, String name, String merge) {
        var all = client().genericKubernetesResources(apiVersion, kind);
        var one = kind.equals("Namespace")
                ? all.withName(name)
                : all.inNamespace(namespace()).withName(name);
        one.patch(
                new PatchContext.Builder()
                        .withPatchType(PatchType.JSON_MERGE)
                        .withFieldManager("kubectl-patch")
                        .build(),
                merge);
    }

    GenericKubernetesResource find(String apiVersion, String kind, String name) {
        var all = client().genericKubernetesResources(apiVersion, kind);
        return kind.equals("Namespace")
                ? all.withName(name).get()
                : all.inNamespace(namespace()).withName(name).get();
    }

    static List<String> changes(Applied applied) {
        return applied.effects().stream()
                .filter(Effect::isChange)
                .map(effect -> effect.kind() + " " + effect.type() + "/" + effect.name())
                .toList();
    }

    ClusterObject policy(String platform, String name) {
        OwnLabels owner = OwnLabels.ofPlatform(platform);
        return new ClusterObject(
                "admissionregistration.k8s.io/v1",
                "ValidatingAdmissionPolicy",
                "",
                tenant() + "-" + name,
                owner,
                Map.of(
                        "apiVersion",
                        "admissionregistration.k8s.io/v1",
                        "kind",
                        "ValidatingAdmissionPolicy",
                        "metadata",
                        Map.of("name", tenant() + "-" + name, "labels", owner.labels()),
                        "spec",
                        Map.of(
                                "matchConstraints",
                                Map.of(
                                        "resourceRules",
                                        List.of(Map.of(
                                                "apiGroups", List.of("apps"),
                                                "apiVersions", List.of("v1"),
                                                "operations", List.of("CREATE"),
                                                "resources", List.of("deployments")))),
                                "validations",
                                List.of(Map.of("expression", "object.spec.replicas < 9")))));
    }

    /** What goes when another space is wanted, in a dry run as in the run; an undo brings all of it back. */
    final List<String> goneAndGivenBack(List<ClusterObject> before, List<ClusterObject> after) {
        cluster().ensure(before);
        List<String> gone = changes(cluster().previewing().ensure(after));
        Applied applied = cluster().ensure(after);
        assertThat(changes(applied)).isEqualTo(gone);
        assertThat(changes(cluster().ensure(after))).isEmpty();
        new EnsureManifestsRunner(cluster(), new ManualClock("2026-11-28T10:00:00Z"))
                .undo(new EnsureManifests("space", DEV.name(), after), Outcome.done(null, applied.effects()), null);
        assertThat(changes(cluster().ensure(before))).isEmpty();
        return gone;
    }
}
