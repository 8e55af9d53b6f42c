package io.imaas.plan.onboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.ApiManagerPolicy;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.OnboardingPolicy;
import io.imaas.model.tenancy.OnboardingPolicy.Collector;
import io.imaas.model.tenancy.OnboardingPolicy.GatewayPolicy;
import io.imaas.model.tenancy.OnboardingPolicy.Part;
import io.imaas.model.tenancy.OnboardingPolicy.PullPolicy;
import io.imaas.model.tenancy.OnboardingPolicy.RegistryPolicy;
import io.imaas.model.tenancy.Previews;
import io.imaas.model.tenancy.Quota;
import io.imaas.model.tenancy.SecretsPolicy;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.testing.Tenants;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class TenantManifestsTest {
    static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    static final Environment TEST =
            new Environment(new EnvironmentName("test"), List.of(), 1, List.of(), Duration.ZERO, false, false);

    static Tenant tenant(String name, String displayName, String contact, String... allowFrom) {
        return Tenants.tenant(
                new TenantName(name),
                displayName,
                List.of("@acme/orders-leads", "@jdoe"),
                contact,
                new RepositoryUrl("https://github.com/acme/x.git"),
                List.of(TEST),
                new Quota("8", "16Gi", 40),
                List.of(allowFrom).stream().map(TenantName::new).toList(),
                List.of());
    }

    static List<ClusterObject> of(Tenant tenant, Tenant... others) {
        List<Tenant> all = new ArrayList<>(List.of(tenant));
        all.addAll(List.of(others));
        return of(OnboardingPolicy.USUAL, tenant, all);
    }

    static List<ClusterObject> of(OnboardingPolicy policy, Tenant tenant, List<Tenant> all) {
        return new TenantManifests(policy, TODAY)
                .of(new Catalog(null, all), tenant, TEST).stream()
                        .filter(object -> !object.isAbsent())
                        .toList();
    }

    static Map<?, ?> parse(ClusterObject manifest) {
        return manifest.fields();
    }

    static ClusterObject find(List<ClusterObject> manifests, String id) {
        return manifests.stream().filter(m -> m.id().equals(id)).findFirst().orElseThrow();
    }

    @Test
    void limitsComeBeforeAnythingThatCouldRun() {
        assertThat(of(tenant("orders", "Orders", "o@acme.example", "payments")))
                .extracting(ClusterObject::id)
                .containsExactly(
                        "Namespace/orders-test",
                        "ResourceQuota/orders-test/tenant",
                        "LimitRange/orders-test/tenant",
                        "NetworkPolicy/orders-test/default-deny",
                        "NetworkPolicy/orders-test/allow-dns",
                        "NetworkPolicy/orders-test/allow-same-namespace",
                        "NetworkPolicy/orders-test/allow-ingress-controller",
                        "NetworkPolicy/orders-test/allow-prometheus",
                        "NetworkPolicy/orders-test/allow-from-tenants",
                        "NetworkPolicy/orders-test/allow-to-tenants",
                        "ServiceAccount/orders-test/default",
                        "RoleBinding/orders-test/owners",
                        "ConfigMap/orders-test/dashboard",
                        "PodMonitor/orders-test/services",
                        "PrometheusRule/orders-test/services");
    }

    @Test
    void everyManifestIsWhatItCallsItself() {
        for (ClusterObject manifest : of(tenant("orders", "Orders", "o@acme.example", "payments"))) {
            Map<?, ?> object = parse(manifest);
            Map<?, ?> metadata = (Map<?, ?>) object.get("metadata");
            assertThat(object.get("apiVersion")).isEqualTo(manifest.apiVersion());
            assertThat(object.get("kind")).isEqualTo(manifest.kind());
            assertThat(metadata.get("name")).isEqualTo(manifest.name());
            assertThat(metadata.get("namespace"))
                    .isEqualTo(manifest.namespace().isEmpty() ? null : manifest.namespace());
            assertThat(((Map<?, ?>) metadata.get("labels")).get("imaas.io/tenant"))
                    .isEqualTo("orders");
        }
    }

    @Test
    void noContainerMayFillTheDiskOfItsNode() {
        assertThat(find(of(tenant("orders", "Orders", "")), "LimitRange/orders-test/tenant")
                        .fields()
                        .get("spec")
                        .toString())
                .contains("default={memory=512Mi, ephemeral-storage=1Gi}", "max={ephemeral-storage=10Gi}");
    }

    @Test
    void onlyRestrictedPodsMayRun() {
        Map<?, ?> namespace = parse(of(tenant("orders", "Orders", "")).get(0));
        Map<?, ?> labels = (Map<?, ?>) ((Map<?, ?>) namespace.get("metadata")).get("labels");
        for (String mode : List.of("enforce", "audit", "warn")) {
            assertThat(labels.get("pod-security.kubernetes.io/" + mode)).isEqualTo("restricted");
            assertThat((String) labels.get("pod-security.kubernetes.io/" + mode + "-version"))
                    .matches("v1\\.\\d+");
        }
    }

    @Test
    void aCallNeedsAnOpenDoorOnBothSides() {
        Tenant orders = tenant("orders", "Orders", "", "payments");
        Tenant payments = tenant("payments", "Payments", "");
        assertThat(find(of(payments, orders), "NetworkPolicy/payments-test/allow-to-tenants"))
                .extracting(policy -> policy.fields().get("spec").toString(), STRING)
                .contains("egress=[{to=", "imaas.io/tenant=orders", "imaas.io/environment=test", "port=8290");
        assertThat(find(of(orders, payments), "NetworkPolicy/orders-test/allow-from-tenants"))
                .extracting(policy -> policy.fields().get("spec").toString(), STRING)
                .contains("ingress=[{from=", "imaas.io/tenant=payments");
    }

    @Test
    void whoIsTakenOutOfTheListIsShutOutBySayingThatNobodyMayCall() {
        ClusterObject before = find(
                of(tenant("orders", "Orders", "", "payments"), tenant("payments", "Payments", "")),
                "NetworkPolicy/orders-test/allow-from-tenants");
        ClusterObject after = find(
                of(tenant("orders", "Orders", ""), tenant("payments", "Payments", "")),
                "NetworkPolicy/orders-test/allow-from-tenants");
        assertThat(before.fields().get("spec").toString()).contains("payments");
        assertThat(after.fields().get("spec").toString()).contains("policyTypes=[Ingress], ingress=[]");
    }

    @Test
    void everyPolicyWritesItsEmptyDirectionsOutSoThatNobodyCanAddToThem() {
        for (ClusterObject object : of(tenant("orders", "Orders", ""))) {
            if (object.kind().equals("NetworkPolicy")) {
                Map<?, ?> spec = (Map<?, ?>) object.fields().get("spec");
                for (Object type : (List<?>) spec.get("policyTypes")) {
                    assertThat(spec.get(type.toString().toLowerCase(Locale.ROOT)))
                            .isInstanceOf(List.class);
                }
            }
        }
    }

    @Test
    void ownersMayLookAndNothingElse() {
        assertThat(parse(find(of(tenant("orders", "Orders", "")), "RoleBinding/orders-test/owners")))
                .extracting("subjects", "roleRef")
                .containsExactly(
                        List.of(
                                Map.of(
                                        "apiGroup",
                                        "rbac.authorization.k8s.io",
                                        "kind",
                                        "Group",
                                        "name",
                                        "acme:orders-leads"),
                                Map.of("apiGroup", "rbac.authorization.k8s.io", "kind", "User", "name", "jdoe")),
                        Map.of("apiGroup", "rbac.authorization.k8s.io", "kind", "ClusterRole", "name", "view"));
    }

    @Test
    void theDashboardIsJsonAndShowsThisNamespaceAlone() {
        Map<?, ?> config = parse(find(of(tenant("orders", "Orders", "")), "ConfigMap/orders-test/dashboard"));
        String json = (String) ((Map<?, ?>) config.get("data")).get("orders-test.json");
        // JSON is YAML.
        Map<?, ?> dashboard = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(json);
        assertThat(dashboard.get("uid")).isEqualTo("imaas-orders-test");
        assertThat(json).doesNotContain("__NAMESPACE__");
        assertThat(json.lines().filter(line -> line.contains("wso2_integration")))
                .isNotEmpty()
                .allMatch(line -> line.contains("namespace=\\\"orders-test\\\""));
    }

    @Test
    void whatThePlatformSwitchesOffIsLeftOutAndNothingElse() {
        Tenant orders = tenant("orders", "Orders", "");
        List<ClusterObject> all = of(policy(Set.of(), List.of(), ""), orders, List.of(orders));
        // What becomes of a pull secret is a step of its own.
        for (Part part : EnumSet.complementOf(EnumSet.of(Part.PULL_SECRET))) {
            List<ClusterObject> without = of(policy(Set.of(part), List.of(), ""), orders, List.of(orders));
            assertThat(without).as("%s", part).isNotEqualTo(all);
            assertThat(ids(all)).containsAll(ids(without));
        }
        assertThat(ids(of(policy(EnumSet.allOf(Part.class), List.of(), ""), orders, List.of(orders))))
                .containsExactly("Namespace/orders-test");
    }

    static OnboardingPolicy policy(Set<Part> off, List<EnvironmentName> execIn, String deployer) {
        return new OnboardingPolicy(
                off,
                "ingress",
                "monitoring",
                execIn,
                deployer,
                RegistryPolicy.USUAL,
                new PullPolicy("imaas-pull", "", 90),
                SecretsPolicy.NONE,
                GatewayPolicy.NONE,
                Collector.NONE,
                ApiManagerPolicy.NONE);
    }

    static List<String> ids(List<ClusterObject> objects) {
        return objects.stream().map(ClusterObject::id).toList();
    }

    @Test
    void developersReadAndWorkInPodsOnlyWhereThePlatformSaysSoAndLoseItWithTheList() {
        Tenant plain = tenant("orders", "Orders", "");
        Tenant orders = developed(plain, "@acme/orders-devs");
        OnboardingPolicy open = policy(Set.of(), List.of(TEST.name()), "argocd/controller");
        OnboardingPolicy shut = policy(Set.of(), List.of(new EnvironmentName("dev")), "");

        assertThat(of(open, orders, List.of(orders)))
                .filteredOn(object -> object.kind().equals("RoleBinding"))
                .extracting(
                        ClusterObject::name,
                        object -> ((Map<?, ?>) object.fields().get("roleRef")).get("name"))
                .containsExactly(
                        tuple("owners", "view"),
                        tuple("developers", "view"),
                        tuple("developers-exec", "imaas-exec"),
                        tuple("deployer", "imaas-rollouts"));
        assertThat(new TenantManifests(shut, TODAY).of(new Catalog(null, List.of(orders)), orders, TEST))
                .filteredOn(object -> object.isAbsent() && object.kind().equals("RoleBinding"))
                .extracting(ClusterObject::name)
                .containsExactly("developers-exec", "deployer");
        assertThat(new TenantManifests(open, TODAY).of(new Catalog(null, List.of(plain)), plain, TEST))
                .filteredOn(object -> object.isAbsent() && object.kind().equals("RoleBinding"))
                .extracting(ClusterObject::name)
                .containsExactly("developers", "developers-exec");
    }

    private static Tenant developed(Tenant tenant, String... developers) {
        return new Tenant(
                tenant.platform(),
                tenant.name(),
                tenant.displayName(),
                tenant.owners(),
                tenant.contact(),
                tenant.gitops(),
                tenant.environments(),
                new Quota("8", "16Gi", 40, "100Gi", 50),
                tenant.allowFrom(),
                tenant.services(),
                tenant.stopTheLine(),
                tenant.offboarding(),
                tenant.delivery(),
                tenant.reach(),
                List.of(developers),
                Previews.NONE);
    }

    @Test
    void theQuotaHoldsVolumesAndTheNumberOfObjectsToo() {
        Tenant orders = developed(tenant("orders", "Orders", ""));
        assertThat(find(of(orders), "ResourceQuota/orders-test/tenant").fields().get("spec"))
                .asString()
                .contains("requests.storage=100Gi", "secrets=50", "count/jobs.batch=50", "pods=40");
        assertThat(find(of(tenant("orders", "Orders", "")), "ResourceQuota/orders-test/tenant")
                        .fields()
                        .get("spec"))
                .asString()
                .contains("requests.storage=0", "configmaps=500");
    }
}
