package io.imaas.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Problem;
import io.imaas.model.identity.Secret;
import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.plan.step.EnsureManifests;
import io.imaas.port.Cluster;
import io.imaas.port.Cluster.Applied;
import io.imaas.port.PullSecrets;
import io.imaas.port.RegistryLogins.Login;
import io.imaas.port.RegistrySpaces.Account;
import io.imaas.step.runner.EnsureManifestsRunner;
import io.imaas.testing.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What onboarding does to a cluster that people work in as well. Runs against the double, and against a real API server. */
abstract class SpaceScenarios extends SpaceFixture {
    @Test
    void whatOthersDefineIsMadeOnceKeptAndTakenAwayWithItsEntry() {
        needKinds(servedSpace(true));
        List<String> names = List.of(
                "SecretStore/" + namespace() + "/tenant",
                "ExternalSecret/" + namespace() + "/order-api-secrets",
                "SecurityPolicy/" + namespace() + "/order-api",
                "HTTPRoute/" + namespace() + "/order-api");
        Applied made = cluster().ensure(servedSpace(true));
        assertThat(made.failures()).isEmpty();
        assertThat(made.warnings()).isEmpty();
        assertThat(changes(made))
                .containsSubsequence(
                        names.stream().map(name -> "CREATED " + name).toList());
        assertThat(changes(cluster().ensure(servedSpace(true)))).isEmpty();
        assertThat(changes(cluster().previewing().atOnce().ensure(servedSpace(true))))
                .isEmpty();

        edit(
                "gateway.networking.k8s.io/v1",
                "HTTPRoute",
                "order-api",
                "{\"spec\":{\"hostnames\":[\"evil.example.org\"]}}");
        Applied repaired = cluster().ensure(servedSpace(true));
        assertThat(changes(repaired)).containsExactly("UPDATED " + names.get(3));
        assertThat(repaired.effects())
                .filteredOn(Effect::isChange)
                .extracting(Effect::detail)
                .first()
                .asString()
                .contains("taken back", "kubectl-patch");

        assertThat(changes(cluster().ensure(servedSpace(false))))
                .containsExactly(
                        "DELETED " + names.get(0),
                        "DELETED " + names.get(1),
                        "DELETED " + names.get(3),
                        "DELETED " + names.get(2));
        assertThat(changes(cluster().ensure(servedSpace(false)))).isEmpty();
    }

    @Test
    void monitoringIsMadeOnceWhereTheClusterKnowsIt() {
        needKinds(wholeSpace());
        assertThat(changes(cluster().ensure(wholeSpace())))
                .contains(
                        "CREATED PodMonitor/" + namespace() + "/services",
                        "CREATED PrometheusRule/" + namespace() + "/services");
        assertThat(changes(cluster().ensure(wholeSpace()))).isEmpty();
    }

    private Map<String, String> versions() {
        Map<String, String> versions = new TreeMap<>();
        for (ClusterObject object : space()) {
            if (!object.isAbsent()) {
                GenericKubernetesResource found = find(object.apiVersion(), object.kind(), object.name());
                versions.put(
                        object.id(), found == null ? "" : found.getMetadata().getResourceVersion());
            }
        }
        return versions;
    }

    private NetworkPolicy policy(String name) {
        return client().network()
                .networkPolicies()
                .inNamespace(namespace())
                .withName(name)
                .get();
    }

    @Test
    void whatIsRightIsNotWrittenAgainThoughTheServerWritesQuantitiesInItsOwnWay() {
        Applied first = cluster().ensure(space());
        assertThat(first.failures()).isEmpty();
        assertThat(first.effects()).hasSizeGreaterThan(10).allMatch(effect -> effect.kind() == Effect.Kind.CREATED);

        Map<String, String> before = versions();
        assertThat(changes(cluster().previewing().ensure(space()))).isEmpty();
        assertThat(changes(cluster().atOnce().ensure(space()))).isEmpty();
        assertThat(changes(cluster().ensure(space()))).isEmpty();
        assertThat(versions()).isEqualTo(before);
    }

    @Test
    void aNamespaceOfSomebodyElseIsLeftAloneUnlessItIsToBeAdopted() {
        client().resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace())
                        .addToLabels("team", "theirs")
                        .endMetadata()
                        .build())
                .create();

        for (KubernetesCluster cluster : List.of(cluster().previewing(), cluster())) {
            Applied refused = cluster.ensure(space());
            assertThat(refused.effects()).isEmpty();
            assertThat(refused.failures()).singleElement().satisfies(failure -> {
                assertThat(failure.kind()).isEqualTo(FailureKind.POLICY);
                assertThat(failure.sentence()).contains("Namespace/" + namespace(), "--adopt");
            });
        }
        assertThat(policy("default-deny")).isNull();

        assertThat(cluster().adopting().ensure(space()).failures()).isEmpty();
        assertThat(policy("default-deny")).isNotNull();
    }

    @Test
    void aTenantOfTheSameNameOfAnotherPlatformIsNeverTakenOver() {
        cluster().ensure(space());

        Applied refused = cluster().adopting().ensure(space("umbrella", "1"));
        assertThat(refused.effects()).isEmpty();
        assertThat(refused.failures()).singleElement().satisfies(failure -> assertThat(failure.what())
                .contains("imaas.io/platform is 'acme'"));
    }

    @Test
    void whatLimitsATenantIsTakenBackAndEverythingElseIsToldAndGoesOn() {
        cluster().ensure(space());
        client().network()
                .networkPolicies()
                .inNamespace(namespace())
                .withName("default-deny")
                .delete();
        edit("networking.k8s.io/v1", "NetworkPolicy", "allow-from-tenants", "{\"spec\":{\"ingress\":[{}]}}");
        edit("v1", "ResourceQuota", "tenant", "{\"spec\":{\"hard\":{\"pods\":\"400\"}}}");
        edit(
                "v1",
                "Namespace",
                namespace(),
                "{\"metadata\":{\"labels\":{\"pod-security.kubernetes.io/enforce\":\"privileged\"}}}");
        edit(
                "rbac.authorization.k8s.io/v1",
                "RoleBinding",
                "owners",
                "{\"subjects\":[{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"User\",\"name\":\"mallory\"}]}");
        edit("v1", "ConfigMap", "dashboard", "{\"data\":{\"" + namespace() + ".json\":\"{}\"}}");

        Applied dry = cluster().previewing().ensure(space());
        Applied applied = cluster().ensure(space());

        assertThat(changes(applied))
                .containsExactly(
                        "UPDATED Namespace/" + namespace(),
                        "UPDATED ResourceQuota/" + namespace() + "/tenant",
                        "CREATED NetworkPolicy/" + namespace() + "/default-deny",
                        "UPDATED NetworkPolicy/" + namespace() + "/allow-from-tenants",
                        "UPDATED RoleBinding/" + namespace() + "/owners");
        assertThat(dry).as("a dry run says what the run does").isEqualTo(applied);
        assertThat(applied.failures()).isEmpty();
        assertThat(applied.effects())
                .filteredOn(effect -> effect.type().equals("ResourceQuota"))
                .extracting(Effect::detail)
                .first()
                .asString()
                .contains("set by \"kubectl-patch\"", "spec.hard.pods: 400 -> 4");
        assertThat(applied.warnings())
                .singleElement()
                .extracting(Problem::sentence)
                .asString()
                .contains("ConfigMap/" + namespace() + "/dashboard", "kubectl-patch", ".data");
        assertThat(policy("allow-from-tenants").getSpec().getIngress()).isEmpty();
        assertThat(changes(cluster().ensure(space()))).isEmpty();
    }

    @Test
    void whoIsTakenOutOfTheListMayCallNoMore() {
        cluster().ensure(space("acme", "0.5", "payments"));
        assertThat(policy("allow-from-tenants").getSpec().getIngress()).hasSize(1);

        assertThat(changes(cluster().ensure(space())))
                .containsExactly("UPDATED NetworkPolicy/" + namespace() + "/allow-from-tenants");
        assertThat(policy("allow-from-tenants").getSpec().getIngress()).isEmpty();
        assertThat(policy("allow-from-tenants").getSpec().getPolicyTypes()).containsExactly("Ingress");
    }

    @Test
    void whoIsNoDeveloperAnyMoreLosesTheRole() {
        assertThat(goneAndGivenBack(developedSpace(), space()))
                .containsExactly(
                        "DELETED RoleBinding/" + namespace() + "/developers",
                        "DELETED RoleBinding/" + namespace() + "/developers-exec");
    }

    @Test
    void whatIsOfAPartThatIsSwitchedOffGoes() {
        assertThat(goneAndGivenBack(space(), bareSpace()))
                .contains(
                        "DELETED ResourceQuota/" + namespace() + "/tenant",
                        "DELETED NetworkPolicy/" + namespace() + "/default-deny",
                        "DELETED RoleBinding/" + namespace() + "/owners",
                        "DELETED ConfigMap/" + namespace() + "/dashboard",
                        "UPDATED Namespace/" + namespace(),
                        // Tokens of running pods are of this account.
                        "UPDATED ServiceAccount/" + namespace() + "/default")
                .filteredOn(change -> !change.startsWith("DELETED "))
                .hasSize(2);
    }

    @Test
    void policiesThatLeftThePlatformsFilesLeaveTheClusterAndThoseOfOthersStay() {
        String platform = "p-" + tenant();
        ClusterObject kept = policy(platform, "kept");
        ClusterObject gone = policy(platform, "gone");
        ClusterObject foreign = policy("q-" + tenant(), "foreign");
        try {
            cluster().ensure(List.of(kept, gone));
            cluster().ensure(List.of(foreign));
            EnsureManifests step = new EnsureManifests("policies", null, List.of(kept));

            assertThat(policies(step, cluster().previewing())).containsExactly("DELETED " + gone.id());
            assertThat(policies(step, cluster())).containsExactly("DELETED " + gone.id());
            assertThat(policies(step, cluster())).isEmpty();
            assertThat(cluster().get(foreign.apiVersion(), foreign.kind(), "", foreign.name()))
                    .isPresent();
        } finally {
            List.of(kept, gone, foreign)
                    .forEach(one -> cluster().delete(one.apiVersion(), one.kind(), "", one.name(), one.owner()));
        }
    }

    private static List<String> policies(EnsureManifests step, Cluster cluster) {
        return new EnsureManifestsRunner(cluster, new ManualClock("2026-11-28T10:00:00Z"))
                .run(step, null).effects().stream()
                        .filter(Effect::isChange)
                        .map(effect -> effect.kind() + " " + effect.type() + "/" + effect.name())
                        .toList();
    }

    @Test
    void aPullSecretIsKeptWithoutTellingItsPassword() {
        cluster().ensure(space());
        PullSecrets.Place place =
                new PullSecrets.Place(namespace(), "imaas-pull", space().get(0).owner());
        Account account = new Account(
                new Login("robot$orders+pull", new Secret("Hidden12345")), Instant.parse("2027-02-28T00:00:00Z"));

        assertThat(cluster().find(place)).isEmpty();
        assertThat(cluster()
                        .previewing()
                        .keep(place, "registry.example.org", account)
                        .kind())
                .isEqualTo(Effect.Kind.CREATED);
        assertThat(cluster().find(place)).isEmpty();
        Effect made = cluster().keep(place, "registry.example.org", account);
        assertThat(made.kind()).isEqualTo(Effect.Kind.CREATED);
        assertThat(made.toString()).contains("robot$orders+pull").doesNotContain("Hidden");
        assertThat(cluster().find(place)).contains(new PullSecrets.Kept("robot$orders+pull", account.until()));
        assertThat(cluster().keep(place, "registry.example.org", account).kind())
                .isEqualTo(Effect.Kind.UNCHANGED);

        var kept = client().secrets().inNamespace(namespace()).withName("imaas-pull");
        assertThat(kept.get().getType()).isEqualTo("kubernetes.io/dockerconfigjson");
        String config = new String(
                Base64.getDecoder().decode(kept.get().getData().get(".dockerconfigjson")), StandardCharsets.UTF_8);
        String login =
                Base64.getEncoder().encodeToString("robot$orders+pull:Hidden12345".getBytes(StandardCharsets.UTF_8));
        assertThat(config).isEqualTo("{\"auths\":{\"registry.example.org\":{\"auth\":\"" + login + "\"}}}");

        edit("v1", "Secret", "imaas-pull", "{\"data\":{\".dockerconfigjson\":\"e30=\"}}");
        Effect repaired = cluster().keep(place, "registry.example.org", account);
        assertThat(repaired.kind()).isEqualTo(Effect.Kind.UPDATED);
        assertThat(repaired.fields()).isEmpty();
        assertThat(repaired.replaced()).isEmpty();
        assertThat(cluster().remove(place).kind()).isEqualTo(Effect.Kind.DELETED);
        assertThat(cluster().remove(place).kind()).isEqualTo(Effect.Kind.UNCHANGED);
    }

    @Test
    void aSecretOfSomebodyElseIsNoPullSecret() {
        cluster().ensure(space());
        client().resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("imaas-pull")
                        .withNamespace(namespace())
                        .endMetadata()
                        .build())
                .create();
        PullSecrets.Place place =
                new PullSecrets.Place(namespace(), "imaas-pull", space().get(0).owner());

        assertThatThrownBy(() -> cluster().find(place)).hasMessageContaining("was not made by this platform");
        assertThatThrownBy(() -> cluster().remove(place)).hasMessageContaining("was not made by this platform");
    }

    @Test
    void aNetworkPolicyThatSomebodyAddedIsTold() {
        cluster().ensure(space());
        client().resource(new NetworkPolicyBuilder()
                        .withNewMetadata()
                        .withName("allow-all")
                        .withNamespace(namespace())
                        .endMetadata()
                        .withNewSpec()
                        .withNewPodSelector()
                        .endPodSelector()
                        .addNewIngress()
                        .endIngress()
                        .endSpec()
                        .build())
                .create();

        assertThat(cluster().ensure(space()).warnings())
                .singleElement()
                .extracting(Problem::sentence)
                .asString()
                .contains("NetworkPolicy/" + namespace() + "/allow-all");
    }

    @Test
    void whatAnUpdateReplacedIsGivenBackAndWhatOthersSetStays() {
        List<ClusterObject> before = space("acme", "4", "payments");
        cluster().ensure(before);
        Map<String, Object> world = world(before);
        edit("v1", "ResourceQuota", "tenant", "{\"metadata\": {\"annotations\": {\"team\": \"leads\"}}}");
        List<ClusterObject> wanted = space("acme", "8");
        Applied changed = cluster().ensure(wanted);
        edit("v1", "ResourceQuota", "tenant", "{\"metadata\": {\"annotations\": {\"team\": \"owners\"}}}");
        assertThat(world(before)).isNotEqualTo(world);

        for (Effect effect : changed.effects()) {
            wanted.stream()
                    .filter(object -> object.id().equals(effect.type() + "/" + effect.name()))
                    .filter(object -> !effect.replaced().isEmpty())
                    .forEach(object -> cluster().restore(object.with(effect.replaced())));
        }
        assertThat(world(before)).isEqualTo(world);
        assertThat(find("v1", "ResourceQuota", "tenant").getMetadata().getAnnotations())
                .containsEntry("team", "owners");
        assertThat(cluster().ensure(before).effects())
                .noneMatch(effect -> effect.detail().contains("->"));
        assertThat(cluster().ensure(before).effects()).noneMatch(Effect::isChange);
    }

    private Map<String, Object> world(List<ClusterObject> objects) {
        Map<String, Object> world = new TreeMap<>();
        for (ClusterObject object : objects) {
            if (!object.isAbsent()) {
                var all = client().genericKubernetesResources(object.apiVersion(), object.kind());
                GenericKubernetesResource found = (object.namespace().isEmpty()
                                ? all.withName(object.name())
                                : all.inNamespace(object.namespace()).withName(object.name()))
                        .get();
                Object spec = found.getAdditionalProperties().get("spec");
                world.put(object.id(), found.getMetadata().getLabels());
                world.put(object.id() + " spec", spec == null ? "" : spec);
            }
        }
        return world;
    }

    @Test
    void aDryRunKeepsNothing() {
        assertThat(changes(cluster().previewing().ensure(space()))).hasSizeGreaterThan(10);
        assertThat(find("v1", "Namespace", namespace())).isNull();
        cluster().ensure(space());
        Map<String, String> before = versions();
        assertThat(changes(cluster().previewing().ensure(space("acme", "2"))))
                .containsExactly("UPDATED ResourceQuota/" + namespace() + "/tenant");
        assertThat(versions()).isEqualTo(before);
        Namespace kept = client().namespaces().withName(namespace()).get();
        assertThat(kept.getMetadata().getLabels()).containsEntry("imaas.io/platform", "acme");
    }
}
