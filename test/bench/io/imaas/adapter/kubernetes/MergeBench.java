package io.imaas.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.app.IntendedPlan;
import io.imaas.app.Onboard;
import io.imaas.app.Onboarded;
import io.imaas.app.PlatformRepository;
import io.imaas.catalog.KnownFiles;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.model.identity.Actor;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Catalog;
import io.imaas.port.GitRepository;
import io.imaas.testing.Git;
import io.imaas.testing.ManualClock;
import io.imaas.testing.TestKey;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A merge on a platform repository of 10,000 tenants that changes one of them, in a process that knows what was there before:
 * fetched, validated, planned and applied. The API server is a double in this process.
 */
@Tag("bench")
class MergeBench {
    private static final int TENANTS = 10_000;
    private static final BranchName MAIN = new BranchName("main");

    @TempDir
    Path folder;

    @Test
    void oneOfTenThousand() throws IOException {
        ManyTenants many = new ManyTenants(folder, TENANTS);
        Git.in(folder).run("init", "-q", "--bare", "--template=", "t" + (TENANTS - 1) + ".git");
        Path files = Files.createDirectories(folder.resolve("platform/tenants")).getParent();
        Git platform = Git.in(files);
        platform.run("init", "-q", "-b", "main");
        try (ApiServerDouble server = new ApiServerDouble();
                LoopbackRegistry registry = LoopbackRegistry.start(folder.resolve("registry"), 0);
                GitRepositories git = TestKey.git(many.cache(), new ManualClock("2026-11-28T10:00:00Z"))) {
            String images = registry.address() + "/acme";
            commit(platform, many.files(images, 40));
            GitRepository repository = git.at(new RepositoryUrl("file://" + files));
            PlatformRepository read = new PlatformRepository(repository, new KnownFiles());
            Optional<CommitId> applied = repository.head(MAIN);
            Catalog first = read.at(applied.orElseThrow()).orThrow();
            many.onboard(
                    ManyTenants.config(server),
                    first,
                    first.tenants().stream()
                            .filter(tenant -> tenant.name().value().equals("t" + (TENANTS - 1)))
                            .toList());
            for (int run = 1; run <= 6; run++) {
                commit(
                        platform,
                        Map.of(
                                "tenants/t" + (TENANTS - 1) + ".yaml",
                                many.files(images, 40 + run).get("tenants/t" + (TENANTS - 1) + ".yaml")));
                applied = merged(many, server, read, applied, run);
            }
        }
    }

    private static Optional<CommitId> merged(
            ManyTenants many, ApiServerDouble server, PlatformRepository read, Optional<CommitId> applied, int run) {
        server.calls();
        OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = machine.getProcessCpuTime();
        Instant begin = Instant.now();
        Optional<CommitId> head = read.repository().head(MAIN);
        Catalog catalog = read.at(head.orElseThrow()).orThrow();
        Instant validated = Instant.now();
        List<IntendedPlan> plans = Onboard.since(read, applied, catalog, begin, Actor.unverified("@ann"));
        Instant planned = Instant.now();
        List<Onboarded> done = many.onboard(
                ManyTenants.config(server),
                catalog,
                plans.stream().map(IntendedPlan::tenant).toList());
        System.out.printf(
                "merge %d of one of %d: fetch and validate %d ms, plan %d ms, apply %d ms, %d ms of CPU, %d calls, load %.1f%n",
                run,
                TENANTS,
                Duration.between(begin, validated).toMillis(),
                Duration.between(validated, planned).toMillis(),
                Duration.between(planned, Instant.now()).toMillis(),
                (machine.getProcessCpuTime() - cpu) / 1_000_000,
                server.calls().size(),
                machine.getSystemLoadAverage());
        assertThat(done).singleElement().satisfies(one -> assertThat(one.failures())
                .isEmpty());
        return head;
    }

    private static void commit(Git platform, Map<String, String> files) throws IOException {
        Path root = Path.of(platform.run("rev-parse", "--show-toplevel").strip());
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(root.resolve(file.getKey()), file.getValue());
        }
        platform.run("add", "-A");
        platform.run("-c", "user.name=ann", "-c", "user.email=a@example.org", "commit", "-q", "-m", "tenants");
    }
}
