package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.git.GitSettings;
import io.imaas.app.assembly.Assembly;
import io.imaas.catalog.CatalogReader;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.SecretsPolicy;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.Change;
import io.imaas.port.ChartStore.StoredChart;
import io.imaas.port.FileEdit;
import io.imaas.port.GitRepository;
import io.imaas.step.chart.TenantCharts;
import io.imaas.step.runner.Landings;
import io.imaas.step.runner.RenderedBranches;
import io.imaas.testing.Git;
import io.imaas.testing.TestKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What manifests cost beside the change itself, in one run: one warm change, and 64 writers of 64 services, beside the same
 * with the command lines of Git and, where it is installed, of Helm.
 */
@Tag("bench")
class RenderedBench {
    private static final int WRITERS = 64;
    /** Whether the command lines are measured as well, which takes minutes. */
    private static final boolean LINES = !Boolean.getBoolean("imaas.bench.ours");

    private static final EnvironmentName DEV = new EnvironmentName("dev");

    /** Shallow clones of both branches, an edit, what Helm renders, two pushes; after a lost race a rebase. */
    private static final String JENKINSFILE =
            """
            set -e
            put() {
                git commit -qam "Release $2"
                until git push -q origin "$1" 2>/dev/null; do
                    git pull -q --rebase origin "$1" 2>/dev/null || { git rebase --abort; sleep 0.2; }
                done
            }
            export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
            git clone -q --depth 1 -b dev "$1" "$2/wanted"
            git clone -q --depth 1 -b rendered/dev "$1" "$2/rendered"
            cd "$2/wanted"
            sed -i "s/^version: .*/version: c$4/" "services/$3/release.yaml"
            if command -v helm >/dev/null; then
                helm template "$3" "$5" --kube-version 1.34.0 -n orders-dev -f "services/$3/release.yaml" \\
                    --set tenant=orders,service="$3",environment=dev > "$2/rendered/$3/manifests.yaml"
            else
                echo "# $4" >> "$2/rendered/$3/manifests.yaml"
            fi
            put dev "$3"
            cd "$2/rendered"
            put rendered/dev "$3"
            rm -rf "$2"
            """;

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
        try (GitRepositories repositories = new GitRepositories(TestKey.signed(
                        GitSettings.of(folder.resolve("cache"), GitAccess.anonymous(), Assembly.systemClock())));
                Assembly assembly = new Assembly(folder.resolve("work"), Assembly.systemClock(), Map.of())) {
            GitRepository repository = repositories.at(tenant.gitops());
            Ports ports = assembly.git(repositories::at).charts().ports().build();
            TenantCharts chart = new TenantCharts(
                    ports.charts().orElseThrow(), tenant, repository, SecretsPolicy.NONE, catalog.platform()::chart);
            RenderedBranches rendered =
                    new RenderedBranches(tenant, repository, Optional.of(chart), RenderedBranches.HandOver.NONE);
            for (int i = 0; i < WRITERS; i++) {
                both(repository, chart, rendered, "s" + i, 1);
            }
            for (int round = 0; round < 20; round++) {
                wanted(repository, "s0", round);
                both(repository, chart, rendered, "s0", 20 + round);
            }
            Cost wanted = new Cost();
            Cost both = new Cost();
            Cost render = new Cost();
            Cost lines = new Cost();
            for (int i = 0; i < 41; i++) {
                int n = 100 + i;
                wanted.add(() -> wanted(repository, "s1", n));
                both.add(() -> both(repository, chart, rendered, "s2", n));
                render.add(() -> decision(repository, chart, "s3", n));
                if (LINES && i % 4 == 0) {
                    lines.add(() -> commandLines("s4", n));
                }
            }
            tell("one warm change", wanted, both, lines);
            System.out.println("  of which the decision's reads and rendering: " + render);
            Cost manyWanted = new Cost();
            Cost manyBoth = new Cost();
            Cost manyLines = new Cost();
            for (int i = 0; i < 5; i++) {
                int n = 900 + 2 * i;
                manyWanted.add(() -> together(s -> wanted(repository, "s" + s, n)));
                manyBoth.add(() -> together(s -> both(repository, chart, rendered, "s" + s, n + 1)));
            }
            if (LINES) {
                manyLines.add(() -> together(s -> commandLines("s" + s, 2000)));
            }
            tell(WRITERS + " writers", manyWanted, manyBoth, manyLines);
        }
    }

    private static void tell(String what, Cost wanted, Cost both, Cost lines) {
        System.out.println(what + ": what is wanted alone " + wanted + "; with manifests, both branches " + both
                + (LINES ? "; command lines " + lines + ", " + lines.times(both) : ""));
    }

    /** Times of the same work, and the processor time that it took here and in Git's programs, the server's included. */
    private static final class Cost {
        private final List<Double> wall = new ArrayList<>();
        private double processor;

        void add(Work work) throws Exception {
            double before = processor();
            long start = System.nanoTime();
            work.run();
            wall.add((System.nanoTime() - start) / 1e6);
            processor += processor() - before;
        }

        private double median() {
            wall.sort(null);
            return wall.get(wall.size() / 2);
        }

        private double each() {
            return processor / wall.size();
        }

        String times(Cost other) {
            return String.format(
                    Locale.ROOT,
                    "%.1f times the time, %.1f times the processor time",
                    median() / other.median(),
                    each() / other.each());
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.0f ms (processor %.0f ms)", median(), each());
        }

        /** In milliseconds, of this process and of the children that ended. */
        private static double processor() throws IOException {
            String[] stat = Files.readString(Path.of("/proc/self/stat"))
                    .replaceFirst(".*\\) ", "")
                    .split(" ");
            return IntStream.range(11, 15)
                            .mapToLong(i -> Long.parseLong(stat[i]))
                            .sum()
                    * 10.0;
        }
    }

    private void commandLines(String service, int n) throws Exception {
        Process process = new ProcessBuilder(
                        "bash",
                        "-c",
                        JENKINSFILE,
                        "jenkinsfile",
                        "file://" + folder.resolve("gitops.git"),
                        Files.createDirectories(folder.resolve("work-" + service + "-" + n))
                                .toString(),
                        service,
                        Integer.toString(n),
                        Path.of("resources/helm/mi-service").toAbsolutePath().toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
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
        String hash = decision(repository, chart, s, n);
        rendered.land(release(s, n), DEV, Landings.Reviewed.of(Map.of(new ServiceName(s), hash)));
    }

    private static String decision(GitRepository repository, TenantCharts chart, String s, int n) {
        ServiceName service = new ServiceName(s);
        BranchName manifests = GitOpsPaths.rendered(DEV);
        Map<BranchName, CommitId> heads = repository.heads(List.of(DEV.branch(), manifests));
        if (heads.containsKey(DEV.branch())) {
            repository.readText(
                    heads.get(DEV.branch()),
                    List.of(GitOpsPaths.values(service), GitOpsPaths.environment(service, DEV)));
        }
        StoredChart used = chart.at(DEV, Optional.ofNullable(heads.get(manifests)));
        return chart.render(used, service, DEV, Arrays.asList(null, text(n), null))
                .hash();
    }

    private static String text(int n) {
        return "image:\n  repository: registry.example.org/imaas/orders/x\n  digest: sha256:%064d\n  tag: v%d\nversion: v%d\n"
                .formatted(n, n, n);
    }

    private static Change release(String s, int n) {
        return Change.of(
                DEV.branch(), "Release " + s, List.of(FileEdit.text(GitOpsPaths.release(new ServiceName(s)), text(n))));
    }

    private interface Work {
        void run() throws Exception;
    }

    private interface Numbered {
        void run(int n) throws Exception;
    }

    private static void together(Numbered work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
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
        } finally {
            threads.shutdownNow();
        }
    }
}
