package io.imaas.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.imaas.adapter.forge.http.ForgeLogin;
import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitSettings;
import io.imaas.app.Imaas;
import io.imaas.app.Onboarded;
import io.imaas.app.OnboardingRuns;
import io.imaas.app.assembly.Assembly;
import io.imaas.catalog.CatalogReader;
import io.imaas.model.failure.Effect;
import io.imaas.model.identity.Actor;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.GitHosts;
import io.imaas.model.tenancy.Catalog;
import io.imaas.port.Clock;
import io.imaas.port.Secrets;
import io.imaas.testing.Await;
import io.imaas.testing.FaultyServer;
import io.imaas.testing.FaultyServer.Fault;
import io.imaas.testing.Git;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;

/**
 * A tenant that is new, and one that is there and gets an environment, a service and a larger quota, are onboarded at once
 * while a server meets each call of one shape with a fault.
 *
 * @param tls reaches the API server
 * @param forge the Git server that makes the repositories; null: they are bare ones in the folder
 * @param token of the Git server; empty: none
 */
record OnboardFaults(Path folder, Config cluster, HttpClient tls, URI registry, URI forge, String token, Clock clock) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> KINDS = List.of(
            "/api/v1/namespaces",
            "/api/v1/resourcequotas",
            "/api/v1/limitranges",
            "/api/v1/configmaps",
            "/apis/networking.k8s.io/v1/networkpolicies",
            "/apis/rbac.authorization.k8s.io/v1/rolebindings");
    private static final String SMALL = "{cpu: 4, memory: 8Gi, pods: 20}";
    private static final String LARGE = "{cpu: 8, memory: 8Gi, pods: 30}";

    /** What is asked of which server without a fault; names are left out. */
    Set<String> shapes(String name) {
        prepared(name);
        Set<String> shapes = new ConcurrentSkipListSet<>();
        done(onboard(name, true, call -> {
            shapes.add(shape(call));
            return Fault.NONE;
        }));
        return shapes;
    }

    private static String shape(String call) {
        return call.replaceAll("/(new|old)[a-z0-9]+", "/$1")
                .replaceAll("/(new|old)-(dev|test|late)", "/$1-*")
                .replaceAll("(info|uploads|objects)/.*", "$1");
    }

    /**
     * Who fails has what it had before, whoever does not has all; and a run without a fault makes all of it.
     *
     * @return how long the run with the fault took
     */
    Duration meets(String name, String shape, Fault fault) {
        prepared(name);
        Map<String, String> before = world(name);
        Instant begin = Instant.now();
        List<Onboarded> ended = onboard(name, true, call -> shape(call).equals(shape) ? fault : Fault.NONE);
        Duration took = Duration.between(begin, Instant.now());
        for (Onboarded one : ended) {
            String tenant = one.tenant().value();
            Map<String, String> was = of(tenant, before);
            if (one.failures().isEmpty()) {
                assertThat(of(tenant, world(name))).as(tenant + " did not fail").isNotEqualTo(was);
            } else {
                // A namespace goes some time after its deletion.
                Await.until(
                        () -> of(tenant, world(name)).equals(was),
                        () -> one.failures() + " " + difference(tenant, name, was));
            }
            assertThat(one.failures())
                    .as("a defect is ours")
                    .noneMatch(failure -> failure.kind().name().equals("DEFECT"));
        }
        done(onboard(name, true, call -> Fault.NONE));
        assertThat(done(onboard(name, true, call -> Fault.NONE)))
                .allSatisfy(one -> assertThat(one.effects()).noneMatch(Effect::isChange));
        return took;
    }

    private void prepared(String name) {
        if (forge == null) {
            for (String tenant : List.of("old", "new")) {
                Git.in(folder).run("init", "-q", "--bare", "-b", "main", tenant + name + ".git");
            }
        }
        done(onboard(name, false, call -> Fault.NONE));
    }

    private static List<Onboarded> done(List<Onboarded> ended) {
        assertThat(ended).allSatisfy(one -> assertThat(one.failures()).isEmpty());
        return ended;
    }

    private Map<String, String> difference(String tenant, String name, Map<String, String> was) {
        Map<String, String> now = of(tenant, world(name));
        Map<String, String> differs = new TreeMap<>(now);
        differs.entrySet().removeAll(was.entrySet());
        was.keySet().stream().filter(key -> !now.containsKey(key)).forEach(key -> differs.put(key, "is missing"));
        return differs;
    }

    private static Map<String, String> of(String tenant, Map<String, String> world) {
        Map<String, String> own = new TreeMap<>(world);
        own.keySet().removeIf(key -> !key.contains(tenant));
        return own;
    }

    private static String tenant(String name, String url, String quota, String environment, String service) {
        return "tenant: " + name + "\nowners: ['@acme/leads']\ncontact: a@example.org\ngitops: " + url + "/" + name
                + ".git\nenvironments: [{name: dev}, {name: test}" + environment + "]\nquota: " + quota
                + "\nservices:\n  - {name: one, type: gateway, repository: 'https://git.example.org/" + name
                + "/one.git'}\n" + service;
    }

    private List<Onboarded> onboard(String name, boolean both, Function<String, Fault> faults) {
        try (FaultyServer api =
                        new FaultyServer(URI.create(cluster.getMasterUrl()), tls, call -> faults.apply("api " + call));
                FaultyServer images = new FaultyServer(registry, tls, call -> faults.apply("registry " + call));
                FaultyServer git =
                        new FaultyServer(forge == null ? registry : forge, tls, call -> faults.apply("git " + call));
                Assembly assembly = new Assembly(folder.resolve("cache"), clock, Map.of()).key(folder.resolve("key"))) {
            String url = forge == null ? "file://" + folder : git.address() + "/imaas-admin";
            Map<String, String> files = new HashMap<>(Map.of(
                    "platform.yaml",
                    "platform: acme\nregistries: [\"" + images.address().getAuthority() + "/acme\"]\n"
                            + (forge == null ? "" : "gitHosts: ['" + git.address() + "', git.example.org]\n")));
            String old = "old" + name;
            files.put(
                    "tenants/" + old + ".yaml",
                    both
                            ? tenant(
                                    old,
                                    url,
                                    LARGE,
                                    ", {name: late}",
                                    "  - {name: two, type: worker, repository: 'https://git.example.org/two.git'}\n")
                            : tenant(old, url, SMALL, "", ""));
            if (both) {
                files.put("tenants/new" + name + ".yaml", tenant("new" + name, url, SMALL, "", ""));
            }
            Catalog catalog = CatalogReader.read(files).orThrow();
            GitHosts hosts =
                    new GitHosts(forge == null ? Set.of() : Set.of(git.address().toString()), true);
            Secrets secrets =
                    any -> Optional.of(token).filter(known -> !known.isEmpty()).map(Secret::new);
            assembly.git(GitSettings.of(
                                    folder.resolve("cache/git"),
                                    token.isEmpty() ? GitAccess.anonymous() : GitAccess.token(secrets, "git"),
                                    clock)
                            .speakingTo(hosts))
                    .forges(new ForgeLogin(secrets, "git", hosts))
                    .registry()
                    .charts()
                    .cluster(new KubernetesCluster(new KubernetesClientBuilder()
                                    .withConfig(new ConfigBuilder(Config.empty())
                                            .withMasterUrl(api.address() + "/")
                                            .withRequestRetryBackoffLimit(0)
                                            .build())
                                    .build())
                            .atOnce())
                    .direct(Duration.ofSeconds(1));
            return new OnboardingRuns(Imaas.on(assembly.ports().build(), catalog), Actor.unverified("@ann"), true)
                    .all(catalog.tenants(), () -> event -> {}, said -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every object and branch of the tenants of that name, without what a server counts and dates. */
    private Map<String, String> world(String name) {
        Map<String, String> world = new TreeMap<>();
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(cluster).build()) {
            for (String tenant : List.of("old" + name, "new" + name)) {
                for (String kind : KINDS) {
                    JsonNode found = JSON.readTree(client.raw(kind + "?labelSelector=imaas.io/tenant%3D" + tenant));
                    for (JsonNode item : found.path("items")) {
                        ObjectNode object = (ObjectNode) item;
                        ObjectNode metadata = (ObjectNode) object.path("metadata");
                        String key = kind + " " + metadata.path("namespace").asText() + "/"
                                + metadata.path("name").asText();
                        metadata.retain("labels");
                        object.remove(List.of("status", "apiVersion", "kind", kind.endsWith("spaces") ? "spec" : ""));
                        world.put(key, object.toString());
                    }
                }
                branches(tenant, world);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return world;
    }

    private void branches(String tenant, Map<String, String> world) {
        Path bare = folder.resolve(tenant + ".git");
        if (forge != null) {
            bare = folder.resolve("look-" + System.nanoTime());
            String url = forge.toString().replace("://", "://git:" + token + "@") + "/imaas-admin/" + tenant + ".git";
            try {
                Git.in(folder).run("clone", "-q", "--mirror", url, bare.toString());
            } catch (RuntimeException | AssertionError none) {
                return;
            }
        }
        Git.in(bare)
                .run("for-each-ref", "--format=%(refname) %(tree)", "refs/heads")
                .lines()
                .map(line -> line.split(" "))
                .forEach(branch -> world.put(tenant + " " + branch[0], branch[1]));
    }
}
