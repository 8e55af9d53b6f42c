package io.imaas.plan.onboarding;

import static io.imaas.plan.onboarding.TenantManifestsTest.TEST;
import static io.imaas.plan.onboarding.TenantManifestsTest.TODAY;
import static io.imaas.plan.onboarding.TenantManifestsTest.find;
import static io.imaas.plan.onboarding.TenantManifestsTest.ids;
import static io.imaas.plan.onboarding.TenantManifestsTest.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.ApiManagerPolicy;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Offboarding;
import io.imaas.model.tenancy.OnboardingPolicy;
import io.imaas.model.tenancy.OnboardingPolicy.Collector;
import io.imaas.model.tenancy.OnboardingPolicy.GatewayPolicy;
import io.imaas.model.tenancy.OnboardingPolicy.Part;
import io.imaas.model.tenancy.OnboardingPolicy.PullPolicy;
import io.imaas.model.tenancy.OnboardingPolicy.RegistryPolicy;
import io.imaas.model.tenancy.SecretsPolicy;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Service.Route;
import io.imaas.model.tenancy.Service.ServiceSecret;
import io.imaas.model.tenancy.Service.ServiceType;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Stop;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.VaultAgent;
import io.imaas.testing.Tenants;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a tenant gets for its services: secrets, routes, alerts. */
class ServiceManifestsTest {
    private static Tenant serving(Tenant tenant, Service... services) {
        return Tenants.tenant(
                tenant.name(),
                tenant.displayName(),
                tenant.owners(),
                tenant.contact(),
                tenant.gitops(),
                tenant.environments(),
                tenant.quota(),
                tenant.allowFrom(),
                List.of(services));
    }

    private static Service service(String name, Offboarding offboarding) {
        return new Service(
                new ServiceName(name),
                new RepositoryUrl("https://github.com/acme/" + name + ".git"),
                ServiceType.GATEWAY,
                List.of(TEST.name()),
                Stop.NONE,
                offboarding,
                List.of(),
                List.of(new ServiceSecret("DB_PASSWORD", "database", "password"), new ServiceSecret("KEY", "key", "")),
                List.of(
                        new Route(TEST.name(), List.of("api.example.org"), "/orders"),
                        new Route(new EnvironmentName("prod"), List.of("prod.example.org"), "/")),
                "");
    }

    private static OnboardingPolicy served(GatewayPolicy.Kind kind, String issuer) {
        return served(kind, issuer, Collector.NONE);
    }

    private static OnboardingPolicy served(GatewayPolicy.Kind kind, String issuer, Collector icp) {
        return new OnboardingPolicy(
                EnumSet.allOf(Part.class),
                "ingress",
                "monitoring",
                List.of(),
                "",
                RegistryPolicy.USUAL,
                PullPolicy.NONE,
                new SecretsPolicy(
                        "kv",
                        "15m",
                        Map.of("vault", Map.of("role", "imaas-${tenant}-${environment}")),
                        VaultAgent.NONE,
                        icp),
                new GatewayPolicy(kind, "gateways", "public", "https", issuer, "https://login/keys", List.of()),
                new Collector("http://otel.observability.svc:4317"),
                ApiManagerPolicy.NONE);
    }

    @Test
    void secretsAreReadBelowTheTenantsOwnPrefixAlone() {
        Tenant orders = serving(tenant("orders", "Orders", ""), service("order-api", Offboarding.NONE));
        List<ClusterObject> objects =
                TenantManifestsTest.of(served(GatewayPolicy.Kind.PLAIN, ""), orders, List.of(orders));
        assertThat(find(objects, "SecretStore/orders-test/tenant").fields().get("spec"))
                .isEqualTo(Map.of("provider", Map.of("vault", Map.of("role", "imaas-orders-test"))));
        assertThat(find(objects, "ExternalSecret/orders-test/order-api-secrets")
                        .fields()
                        .get("spec"))
                .extracting("data")
                .isEqualTo(List.of(
                        Map.of(
                                "secretKey",
                                "DB_PASSWORD",
                                "remoteRef",
                                Map.of("key", "kv/orders/test/database", "property", "password")),
                        Map.of("secretKey", "KEY", "remoteRef", Map.of("key", "kv/orders/test/key"))));
    }

    /** It is the tenant's own for the environment, and a service that names the variable itself keeps its own. */
    @Test
    void everyRuntimeThatStaysGetsTheSecretItReportsWithAndMayReachTheControlPlane() {
        OnboardingPolicy policy =
                served(GatewayPolicy.Kind.PLAIN, "", new Collector("https://icp.integration.svc:9445"));
        Tenant orders = serving(
                tenant("orders", "Orders", ""),
                service("order-api", ServiceType.GATEWAY),
                service("order-job", ServiceType.STEP),
                service("own", ServiceType.WORKER, new ServiceSecret("ICP_SECRET", "mine", "")));
        List<ClusterObject> objects = TenantManifestsTest.of(policy, orders, List.of(orders));
        assertThat(find(objects, "ExternalSecret/orders-test/order-api-secrets")
                        .fields()
                        .get("spec"))
                .extracting("data")
                .isEqualTo(List.of(Map.of(
                        "secretKey",
                        "ICP_SECRET",
                        "remoteRef",
                        Map.of("key", "kv/orders/test/icp", "property", "secret"))));
        assertThat(find(objects, "ExternalSecret/orders-test/own-secrets")
                        .fields()
                        .get("spec"))
                .asString()
                .contains("kv/orders/test/mine")
                .doesNotContain("/icp");
        assertThat(ids(objects)).doesNotContain("ExternalSecret/orders-test/order-job-secrets");
        OnboardingPolicy network = new OnboardingPolicy(
                Set.of(),
                "ingress",
                "monitoring",
                List.of(),
                "",
                RegistryPolicy.USUAL,
                PullPolicy.NONE,
                policy.secrets(),
                GatewayPolicy.NONE,
                Collector.NONE,
                ApiManagerPolicy.NONE);
        assertThat(find(TenantManifestsTest.of(network, orders, List.of(orders)), "NetworkPolicy/orders-test/allow-icp")
                        .fields()
                        .get("spec"))
                .asString()
                .contains("kubernetes.io/metadata.name=integration", "port=9445", "policyTypes=[Egress]");
        Map<String, String> files = GitOpsSkeleton.files(orders, TEST.name(), policy);
        assertThat(files.get("services/order-api/values.yaml"))
                .contains("icp: {url: \"https://icp.integration.svc:9445\"}}", "secretsFrom: [order-api-secrets]");
        assertThat(files.get("services/order-job/values.yaml")).doesNotContain("icp", "secretsFrom");
    }

    private static Service service(String name, ServiceType type, ServiceSecret... secrets) {
        return new Service(
                new ServiceName(name),
                new RepositoryUrl("https://github.com/acme/" + name + ".git"),
                type,
                List.of(TEST.name()),
                Stop.NONE,
                Offboarding.NONE,
                List.of(),
                List.of(secrets),
                List.of(),
                "");
    }

    @Test
    void aRouteHoldsForItsEnvironmentAndTokensAreAskedForBeforeItOpens() {
        Tenant orders = serving(tenant("orders", "Orders", ""), service("order-api", Offboarding.NONE));
        List<ClusterObject> asking =
                TenantManifestsTest.of(served(GatewayPolicy.Kind.ENVOY, "https://login"), orders, List.of(orders));
        assertThat(ids(asking))
                .containsSubsequence("SecurityPolicy/orders-test/order-api", "HTTPRoute/orders-test/order-api");
        assertThat(find(asking, "HTTPRoute/orders-test/order-api").fields().get("spec"))
                .asString()
                .contains("api.example.org", "sectionName=https", "namespace=gateways", "port=8290", "value=/orders")
                .doesNotContain("prod.example.org");
        assertThat(ids(TenantManifestsTest.of(served(GatewayPolicy.Kind.PLAIN, ""), orders, List.of(orders))))
                .contains("HTTPRoute/orders-test/order-api")
                .noneMatch(id -> id.startsWith("SecurityPolicy"));
    }

    @Test
    void aServiceThatGoesLosesItsRouteFirstAndItsSecrets() {
        Tenant whole = serving(
                tenant("orders", "Orders", ""),
                service("order-api", new Offboarding(TODAY, "replaced")),
                service("order-hub", Offboarding.NONE));
        List<ClusterObject> objects = new TenantManifests(served(GatewayPolicy.Kind.ENVOY, "https://login"), TODAY)
                .of(new Catalog(null, List.of(whole)), whole.remainingOn(TODAY), TEST);
        assertThat(objects)
                .filteredOn(object -> object.isAbsent() && object.name().startsWith("order-api"))
                .extracting(ClusterObject::id)
                .containsExactly(
                        "ExternalSecret/orders-test/order-api-secrets",
                        "HTTPRoute/orders-test/order-api",
                        "SecurityPolicy/orders-test/order-api");
        assertThat(ids(objects)).contains("HTTPRoute/orders-test/order-hub");
    }

    @Test
    void servicesMayReachTheCollectorOfTracesAloneAndAlertsFitTheirTypes() {
        OnboardingPolicy policy = new OnboardingPolicy(
                Set.of(),
                "ingress",
                "monitoring",
                List.of(),
                "",
                RegistryPolicy.USUAL,
                PullPolicy.NONE,
                SecretsPolicy.NONE,
                GatewayPolicy.NONE,
                new Collector("http://otel.observability.svc:4317"),
                ApiManagerPolicy.NONE);
        Tenant orders = serving(tenant("orders", "Orders", ""), service("order-api", Offboarding.NONE));
        List<ClusterObject> objects = TenantManifestsTest.of(policy, orders, List.of(orders));
        assertThat(find(objects, "NetworkPolicy/orders-test/allow-traces")
                        .fields()
                        .get("spec"))
                .asString()
                .contains("kubernetes.io/metadata.name=observability", "port=4317", "policyTypes=[Egress]");
        assertThat(alerts(objects))
                .contains("IntegrationErrors", "IntegrationRestarts")
                .doesNotContain("StepFailed");

        Tenant nightly = serving(
                tenant("orders", "Orders", ""),
                new Service(
                        new ServiceName("nightly"),
                        new RepositoryUrl("https://github.com/acme/n.git"),
                        ServiceType.STEP,
                        List.of(TEST.name())));
        assertThat(alerts(TenantManifestsTest.of(OnboardingPolicy.USUAL, nightly, List.of(nightly))))
                .contains("IntegrationStepFailed", "phase=\"Succeeded\"")
                .doesNotContain("IntegrationErrors", "IntegrationServerDown");
        assertThat(ids(TenantManifestsTest.of(OnboardingPolicy.USUAL, nightly, List.of(nightly))))
                .doesNotContain("NetworkPolicy/orders-test/allow-traces");
    }

    private static String alerts(List<ClusterObject> objects) {
        return find(objects, "PrometheusRule/orders-test/services").fields().toString();
    }
}
