package io.imaas.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
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
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.model.failure.Effect;
import io.imaas.model.identity.Actor;
import io.imaas.model.source.GitHosts;
import io.imaas.model.tenancy.Catalog;
import io.imaas.testing.Git;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jgit.util.FileUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many tenants with three environments are onboarded from nothing, and again without a change, each time by a new process's
 * means; then tenants that nobody can push images of. The API server is a double in this process, so that its time counts;
 * {@code IMAAS_BENCH_TENANTS} says how many.
 */
@Tag("bench")
class OnboardBench {
    private final int tenants = Integer.parseInt(System.getenv().getOrDefault("IMAAS_BENCH_TENANTS", "100"));

    @TempDir
    Path folder;

    @Test
    void fromNothingAndAgain() throws IOException {
        repositories();
        try (ApiServerDouble server = new ApiServerDouble();
                LoopbackRegistry registry = LoopbackRegistry.start(folder.resolve("registry"), 0)) {
            Catalog catalog = catalog(registry.address() + "/acme");
            assertThat(run("from nothing", server, catalog))
                    .allMatch(one -> one.failures().isEmpty());
            for (int again = 0; again < 4; again++) {
                if (again % 2 == 1) {
                    forget();
                }
                assertThat(run(
                                again % 2 == 1 ? "without a change, on another machine" : "without a change",
                                server,
                                catalog))
                        .allMatch(one -> one.effects().stream().noneMatch(Effect::isChange));
            }
        }
    }

    @Test
    void aRegistryThatNobodyKnows() throws IOException {
        repositories();
        try (ApiServerDouble server = new ApiServerDouble()) {
            run("a registry's name that nobody knows", server, catalog("registry.nowhere.invalid/acme"));
        }
    }

    /** The folder of clones is all that a process leaves to the next one. */
    private void forget() throws IOException {
        FileUtils.delete(folder.resolve("cache").toFile(), FileUtils.RECURSIVE | FileUtils.SKIP_MISSING);
    }

    private List<Onboarded> run(String what, ApiServerDouble server, Catalog catalog) throws IOException {
        Path cache = folder.resolve("cache");
        server.calls();
        OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = machine.getProcessCpuTime();
        Instant begin = Instant.now();
        GitHosts hosts = new GitHosts(Set.of(), true);
        try (Assembly assembly = new Assembly(cache).key(folder.resolve("key"))) {
            assembly.git(GitSettings.of(cache.resolve("git"), GitAccess.anonymous(), Assembly.systemClock())
                            .speakingTo(hosts))
                    .forges(new ForgeLogin(name -> Optional.empty(), "git", hosts))
                    .registry()
                    .charts()
                    .cluster(new KubernetesCluster(new KubernetesClientBuilder()
                                    .withConfig(new ConfigBuilder(Config.empty())
                                            .withMasterUrl(server.url())
                                            .build())
                                    .build())
                            .atOnce())
                    .direct(Duration.ofSeconds(1));
            Imaas imaas = Imaas.on(assembly.ports().build(), catalog);
            List<Onboarded> done =
                    new OnboardingRuns(imaas, Actor.unverified("@ann"), true).all(catalog.tenants(), () -> event -> {});
            System.out.printf(
                    "%d tenants, %s: %d ms, %d ms of CPU, %d calls, load %.1f%n",
                    tenants,
                    what,
                    Duration.between(begin, Instant.now()).toMillis(),
                    (machine.getProcessCpuTime() - cpu) / 1_000_000,
                    server.calls().size(),
                    machine.getSystemLoadAverage());
            return done;
        }
    }

    private void repositories() throws IOException {
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

    private Catalog catalog(String images) {
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
                    quota: {cpu: 8, memory: 16Gi, pods: 40}
                    environments: [{name: dev}, {name: test}, {name: prod}]
                    services:
                      - {name: api, repository: 'https://git.example.org/t%1$d/api.git', type: gateway}
                      - {name: job, repository: 'https://git.example.org/t%1$d/job.git', type: worker}
                    """
                            .formatted(i, folder));
        }
        return CatalogReader.read(files).orThrow();
    }
}
