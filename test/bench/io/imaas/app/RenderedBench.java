package io.imaas.app;

import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.git.GitSettings;
import io.imaas.app.assembly.Assembly;
import io.imaas.catalog.CatalogReader;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.Change;
import io.imaas.port.GitRepository;
import io.imaas.step.edit.TextEdit;
import io.imaas.step.observe.ArrivalObserver.ChartSource;
import io.imaas.step.runner.RenderedBranches;
import io.imaas.testing.Git;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What manifests cost beside the change itself: 64 writers of 64 services, and one warm change. */
@Tag("bench")
class RenderedBench {
    private static final int WRITERS = 64;
    private static final EnvironmentName DEV = new EnvironmentName("dev");

    @TempDir
    Path folder;

    @Test
    void manifestsBesideWhatIsWanted() throws Exception {
        Git.in(folder).run("init", "-q", "--bare", "-b", "dev", "gitops.git");
        Map<String, String> services = new LinkedHashMap<>();
        for (int i = 0; i < WRITERS; i++) {
            services.put("s" + i, "repository: https://github.com/acme/s" + i + ".git");
        }
        Map<String, String> files = Metadata.files(
                "registry.example.org/imaas", "orders", "file://" + folder.resolve("gitops.git"), services);
        files.replaceAll(
                (path, text) -> text.replace("cpu: 8, memory: 16Gi, pods: 40", "cpu: 800, memory: 1600Gi, pods: 4000"));
        Catalog catalog = CatalogReader.read(files).orThrow();
        Tenant tenant = catalog.tenants().get(0);
        try (GitRepositories repositories = new GitRepositories(
                        GitSettings.of(folder.resolve("cache"), GitAccess.anonymous(), Assembly.systemClock()));
                Assembly assembly = new Assembly(folder.resolve("work"), Assembly.systemClock(), Map.of())) {
            GitRepository repository = repositories.at(tenant.gitops());
            Ports ports = assembly.git(repositories::at).bundledChart().ports().build();
            var chart = ports.chart().orElseThrow();
            RenderedBranches rendered = new RenderedBranches(tenant, repository, ports.chart());
            Map<String, String> hashes = new ConcurrentHashMap<>();
            for (int round = 0; round < 2; round++) {
                int r = round;
                repository.land(plain("s0", "plain" + r));
                judge(chart, tenant, hashes, "s0", r);
                rendered.land(release("s0", r), DEV, Map.of(new ServiceName("s0"), hashes.get("s0" + r)));
            }
            List<Double> plain = new ArrayList<>();
            List<Double> render = new ArrayList<>();
            List<Double> both = new ArrayList<>();
            for (int i = 0; i < 21; i++) {
                int n = 100 + i;
                plain.add(seconds(() -> repository.land(plain("s1", "x" + n))));
                render.add(seconds(() -> judge(chart, tenant, hashes, "s2", n)));
                both.add(seconds(() ->
                        rendered.land(release("s2", n), DEV, Map.of(new ServiceName("s2"), hashes.get("s2" + n)))));
            }
            double manyPlain = together(i -> repository.land(plain("s" + i, "many")));
            double manyBoth = together(i -> {
                judge(chart, tenant, hashes, "s" + i, 900);
                rendered.land(release("s" + i, 900), DEV, Map.of(new ServiceName("s" + i), hashes.get("s" + i + 900)));
            });
            System.out.printf(
                    "one warm change: plain %.1f ms, render alone %.1f ms, rendered and both branches %.1f ms%n",
                    1000 * median(plain), 1000 * median(render), 1000 * median(both));
            System.out.printf(
                    "%d writers: plain %.2f s; decided, rendered and both branches %.2f s%n",
                    WRITERS, manyPlain, manyBoth);
        }
    }

    private static void judge(ChartSource chart, Tenant tenant, Map<String, String> hashes, String s, int n) {
        hashes.put(
                s + n,
                chart.render(tenant, new ServiceName(s), DEV, Arrays.asList(null, text(n), null))
                        .hash());
    }

    private static String text(int n) {
        return "image:\n  repository: registry.example.org/imaas/orders/x\n  digest: sha256:%064d\n  tag: v%d\nversion: v%d\n"
                .formatted(n, n, n);
    }

    private static Change release(String s, int n) {
        return Change.of(
                DEV.branch(), "Release " + s, List.of(new TextEdit(GitOpsPaths.release(new ServiceName(s)), text(n))));
    }

    private static Change plain(String s, String text) {
        return Change.of(DEV.branch(), "Note " + s, List.of(new TextEdit("notes/" + s, text + "\n")));
    }

    private interface Work {
        void run() throws Exception;
    }

    private interface Numbered {
        void run(int n) throws Exception;
    }

    private static double together(Numbered work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            return seconds(() -> {
                List<Future<?>> all = new ArrayList<>();
                for (int i = 0; i < WRITERS; i++) {
                    int n = i;
                    all.add(threads.submit(() -> {
                        work.run(n);
                        return null;
                    }));
                }
                for (Future<?> one : all) {
                    one.get();
                }
            });
        } finally {
            threads.shutdownNow();
        }
    }

    private static double seconds(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(List<Double> times) {
        times.sort(null);
        return times.get(times.size() / 2);
    }
}
