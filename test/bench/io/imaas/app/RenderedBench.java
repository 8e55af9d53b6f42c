package io.imaas.app;

import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.git.GitSettings;
import io.imaas.app.assembly.Assembly;
import io.imaas.catalog.CatalogReader;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.Change;
import io.imaas.port.GitRepository;
import io.imaas.step.chart.TenantCharts;
import io.imaas.step.edit.TextEdit;
import io.imaas.step.runner.Landings;
import io.imaas.step.runner.RenderedBranches;
import io.imaas.testing.Git;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What manifests cost beside the change itself, in one run: one warm change, and 64 writers of 64 services. */
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
            Ports ports = assembly.git(repositories::at).charts().ports().build();
            TenantCharts chart =
                    new TenantCharts(ports.charts().orElseThrow(), tenant, repository, catalog.platform()::chart);
            RenderedBranches rendered = new RenderedBranches(tenant, repository, Optional.of(chart));
            for (int round = 0; round < 20; round++) {
                wanted(repository, "s0", round);
                both(repository, chart, rendered, "s0", 20 + round);
            }
            List<Double> wanted = new ArrayList<>();
            List<Double> render = new ArrayList<>();
            List<Double> both = new ArrayList<>();
            for (int i = 0; i < 41; i++) {
                int n = 100 + i;
                wanted.add(seconds(() -> wanted(repository, "s1", n)));
                both.add(seconds(() -> both(repository, chart, rendered, "s2", n)));
                render.add(seconds(() -> review(repository, chart, "s3", n)));
            }
            List<Double> manyWanted = new ArrayList<>();
            List<Double> manyBoth = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                int n = 900 + 2 * i;
                manyWanted.add(together(s -> wanted(repository, "s" + s, n)));
                manyBoth.add(together(s -> both(repository, chart, rendered, "s" + s, n + 1)));
            }
            System.out.printf(
                    "one warm change: what is wanted %.1f ms; rendered, and both branches %.1f ms: %.1f ms more, of which"
                            + " the decision's read and rendering are %.1f ms%n",
                    1000 * median(wanted),
                    1000 * median(both),
                    1000 * (median(both) - median(wanted)),
                    1000 * median(render));
            System.out.printf(
                    "%d writers: what is wanted %.2f s; rendered, and both branches %.2f s%n",
                    WRITERS, median(manyWanted), median(manyBoth));
        }
    }

    /** A change as it is where nobody renders: the branch is read for the decision, then the change lands. */
    private static void wanted(GitRepository repository, String s, int n) {
        CommitId head = repository.head(DEV.branch()).orElse(null);
        if (head != null) {
            repository.readText(head, List.of(GitOpsPaths.release(new ServiceName(s))));
        }
        repository.land(release(s, n));
    }

    /** The same with manifests: rendered for the decision, and landed beside what is wanted. */
    private static void both(GitRepository repository, TenantCharts chart, RenderedBranches rendered, String s, int n) {
        String hash = review(repository, chart, s, n);
        rendered.land(release(s, n), DEV, Landings.Reviewed.of(Map.of(new ServiceName(s), hash)));
    }

    private static String review(GitRepository repository, TenantCharts chart, String s, int n) {
        ServiceName service = new ServiceName(s);
        repository
                .head(DEV.branch())
                .ifPresent(head -> repository.readText(
                        head, List.of(GitOpsPaths.values(service), GitOpsPaths.environment(service, DEV))));
        return chart.render(chart.now(DEV), service, DEV, Arrays.asList(null, text(n), null))
                .hash();
    }

    private static String text(int n) {
        return "image:\n  repository: registry.example.org/imaas/orders/x\n  digest: sha256:%064d\n  tag: v%d\nversion: v%d\n"
                .formatted(n, n, n);
    }

    private static Change release(String s, int n) {
        return Change.of(
                DEV.branch(), "Release " + s, List.of(new TextEdit(GitOpsPaths.release(new ServiceName(s)), text(n))));
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
