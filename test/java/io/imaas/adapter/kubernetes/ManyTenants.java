package io.imaas.adapter.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.imaas.adapter.forge.http.ForgeLogin;
import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitSettings;
import io.imaas.app.Imaas;
import io.imaas.app.Onboarded;
import io.imaas.app.OnboardingRuns;
import io.imaas.app.assembly.Assembly;
import io.imaas.catalog.CatalogReader;
import io.imaas.model.identity.Actor;
import io.imaas.model.source.GitHosts;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Tenant;
import io.imaas.testing.Git;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Tenants with three environments and two services, their repositories, and runs that onboard all of them. */
record ManyTenants(Path folder, int tenants) {
    Path cache() {
        return folder.resolve("cache");
    }

    /** All of them, by a new process's means. */
    List<Onboarded> onboard(ApiServerDouble server, Catalog catalog) {
        return onboard(config(server), catalog, catalog.tenants());
    }

    static Config config(ApiServerDouble server) {
        return new ConfigBuilder(Config.empty()).withMasterUrl(server.url()).build();
    }

    /** The same of some tenants, on any cluster. */
    List<Onboarded> onboard(Config cluster, Catalog catalog, List<Tenant> some) {
        GitHosts hosts = new GitHosts(Set.of(), true);
        try (Assembly assembly = new Assembly(cache()).key(folder.resolve("key"))) {
            assembly.git(GitSettings.of(cache().resolve("git"), GitAccess.anonymous(), Assembly.systemClock())
                            .speakingTo(hosts))
                    .forges(new ForgeLogin(name -> Optional.empty(), "git", hosts))
                    .registry()
                    .charts()
                    .cluster(new KubernetesCluster(new KubernetesClientBuilder()
                                    .withConfig(cluster)
                                    .build())
                            .atOnce())
                    .direct(Duration.ofSeconds(1));
            Imaas imaas = Imaas.on(assembly.ports().build(), catalog);
            return new OnboardingRuns(imaas, Actor.unverified("@ann"), true)
                    .all(some, () -> event -> {}, System.out::println);
        }
    }

    void repositories() throws IOException {
        Git.in(folder).run("init", "-q", "--bare", "--template=", "t0.git");
        for (int i = 1; i < tenants; i++) {
            copy(folder.resolve("t0.git"), folder.resolve("t" + i + ".git"));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : all.toList()) {
                Files.copy(one, to.resolve(from.relativize(one).toString()));
            }
        }
    }

    /** @param pods of the last tenant */
    Catalog catalog(String images, int pods) {
        return CatalogReader.read(files(images, pods)).orThrow();
    }

    /** The platform repository's. */
    Map<String, String> files(String images, int pods) {
        Map<String, String> files = new TreeMap<>();
        files.put("platform.yaml", "platform: acme\nregistries: [\"" + images + "\"]\n");
        for (int i = 0; i < tenants; i++) {
            files.put(
                    "tenants/t" + i + ".yaml",
                    """
                    tenant: t%1$d
                    owners: ["@ann"]
                    contact: t%1$d@example.org
                    gitops: file://%2$s/t%1$d.git
                    quota: {cpu: 8, memory: 16Gi, pods: %3$d}
                    environments: [{name: dev}, {name: test}, {name: prod}]
                    services:
                      - {name: api, repository: 'https://git.example.org/t%1$d/api.git', type: gateway}
                      - {name: job, repository: 'https://git.example.org/t%1$d/job.git', type: worker}
                    """
                            .formatted(i, folder, i == tenants - 1 ? pods : 40));
        }
        return files;
    }
}
