package io.imaas.plan.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Quota;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class TenantManifestsTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    private static final Environment TEST =
            new Environment(new EnvironmentName("test"), List.of(), 1, List.of(), Duration.ZERO, false, false);

    private static Tenant tenant(String name, String displayName, String contact, String... allowFrom) {
        return new Tenant(
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

    private static List<Manifest> of(Tenant tenant, Tenant... others) {
        List<Tenant> all = new ArrayList<>(List.of(tenant));
        all.addAll(List.of(others));
        return new TenantManifests(ClusterServices.usual(), TODAY).of(new Catalog(null, all), tenant, TEST);
    }

    private static Map<?, ?> parse(Manifest manifest) {
        return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(manifest.yaml());
    }

    private static Manifest find(List<Manifest> manifests, String id) {
        return manifests.stream().filter(m -> m.id().equals(id)).findFirst().orElseThrow();
    }

    @Test
    void limitsComeBeforeAnythingThatCouldRun() {
        assertThat(of(tenant("orders", "Orders", "o@acme.example", "payments")))
                .extracting(Manifest::id)
                .containsExactly(
                        "Namespace/orders-test",
                        "ResourceQuota/orders-test/tenant",
                        "LimitRange/orders-test/tenant",
                        "NetworkPolicy/orders-test/default-deny",
                        "NetworkPolicy/orders-test/allow-dns",
                        "NetworkPolicy/orders-test/allow-same-namespace",
                        "NetworkPolicy/orders-test/allow-ingress-controller",
                        "NetworkPolicy/orders-test/allow-prometheus",
                        "NetworkPolicy/orders-test/allow-from-payments",
                        "ServiceAccount/orders-test/default",
                        "RoleBinding/orders-test/owners",
                        "ConfigMap/orders-test/dashboard",
                        "PodMonitor/orders-test/services",
                        "PrometheusRule/orders-test/services");
    }

    @Test
    void everyManifestIsWhatItCallsItself() {
        for (Manifest manifest : of(tenant("orders", "Orders", "o@acme.example", "payments"))) {
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
        assertThat(find(of(payments, orders), "NetworkPolicy/payments-test/allow-to-orders")
                        .yaml())
                .contains("egress:", "imaas.io/tenant: \"orders\"", "imaas.io/environment: \"test\"", "port: 8290");
        assertThat(find(of(orders, payments), "NetworkPolicy/orders-test/allow-from-payments")
                        .yaml())
                .contains("ingress:", "imaas.io/tenant: \"payments\"");
        assertThat(of(payments, orders)).noneMatch(m -> m.name().equals("allow-from-orders"));
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
    void withoutThePrometheusOperatorItsKindsAreLeftOut() {
        Tenant orders = tenant("orders", "Orders", "");
        assertThat(new TenantManifests(new ClusterServices("ingress", "monitoring", false, "pull"), TODAY)
                        .of(new Catalog(null, List.of(orders)), orders, TEST))
                .noneMatch(m -> m.apiVersion().startsWith("monitoring.coreos.com"))
                .anyMatch(m -> m.yaml().contains("imagePullSecrets:\n  - name: \"pull\"\n"));
    }

    @Property(tries = 300)
    void noTextBreaksOutOfItsPlace(@ForAll String displayName, @ForAll String contact) {
        assertNothingBreaksOut(displayName, contact);
    }

    @Test
    void knownTricksStayText() {
        for (String trick : List.of(
                "x\"\nkind: ClusterRoleBinding\n---\nkind: Pod",
                "a: b # c",
                "{{ .Release.Name }}",
                "*alias &anchor !!tag | > % @ `",
                "yes",
                "\u0085\u2028\u2029\uFEFF",
                "tab\tand\\backslash",
                "  leading\n  lines\n",
                "- item\nkey: value\n",
                "\uD800 alone",
                "…")) {
            assertNothingBreaksOut(trick, trick);
        }
    }

    private static void assertNothingBreaksOut(String displayName, String contact) {
        Manifest namespace = of(tenant("orders", displayName, contact)).get(0);
        Map<?, ?> object = parse(namespace);
        assertThat(object.keySet()).hasSize(3);
        Map<?, ?> annotations = (Map<?, ?>) ((Map<?, ?>) object.get("metadata")).get("annotations");
        assertThat(annotations.get("imaas.io/display-name")).isEqualTo(wellFormed(displayName));
        assertThat(annotations.get("imaas.io/contact")).isEqualTo(wellFormed(contact));
    }

    /** Half a surrogate pair is no character; a replacement character stands for it. */
    private static String wellFormed(String text) {
        StringBuilder result = new StringBuilder();
        text.codePoints()
                .forEach(c -> result.appendCodePoint(c < 0x10000 && Character.isSurrogate((char) c) ? 0xFFFD : c));
        return result.toString();
    }
}
