package io.imaas.adapter.direct;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.git.GitSettings;
import io.imaas.adapter.helm.BundledChart;
import io.imaas.adapter.helm.HelmRenderer;
import io.imaas.dev.local.LocalCluster;
import io.imaas.dev.local.ScriptedFaults;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.Manifests;
import io.imaas.model.kubernetes.Tree;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.ProbeResult;
import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import io.imaas.model.rollout.RolloutStatus;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import io.imaas.port.Change;
import io.imaas.port.ChartRenderer.Chart;
import io.imaas.port.Cluster;
import io.imaas.port.FileEdit;
import io.imaas.testing.ManualClock;
import io.imaas.testing.TestKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Real Git, real Helm, and the local cluster. */
abstract class DirectScene {
    static final ServiceName SERVICE = new ServiceName("order-api");
    static final EnvironmentName TEST = new EnvironmentName("test");
    static final ImageRepository IMAGES = ImageRepository.parse("registry.acme.example/imaas/orders/order-api");

    @TempDir
    Path temp;

    final ManualClock clock = new ManualClock("2026-11-22T10:00:00Z");
    RepositoryUrl url;
    GitRepositories git;
    LocalCluster cluster;
    ScriptedFaults faults;
    DirectDeployments deployments;
    volatile ProbeResult said = new ProbeResult.Well("");

    @BeforeEach
    void open() throws Exception {
        try (Git server = Git.init()
                .setBare(true)
                .setDirectory(temp.resolve("gitops.git").toFile())
                .call()) {
            // As servers of Git are set up: history may be fetched without content.
            server.getRepository().getConfig().setBoolean("uploadpack", null, "allowFilter", true);
            server.getRepository().getConfig().save();
        }
        url = new RepositoryUrl("file://" + temp.resolve("gitops.git"));
        git = new GitRepositories(TestKey.signed(GitSettings.of(temp.resolve("cache"), GitAccess.anonymous(), clock)));
        cluster = new LocalCluster(temp.resolve("cluster"), clock);
        faults = new ScriptedFaults(temp.resolve("cluster"));
        cluster.apply(List.of(new Manifest(
                "v1",
                "Namespace",
                "",
                "orders-test",
                "apiVersion: v1\nkind: Namespace\nmetadata: {name: orders-test, labels: {a: b}}\n")));
        deployments = restarted();
        commit(
                edit(GitOpsPaths.values(SERVICE), "tenant: orders\nservice: order-api\ntype: gateway\n"),
                edit(GitOpsPaths.environment(SERVICE, TEST), "environment: test\nreplicas: 2\n"));
    }

    @AfterEach
    void close() {
        deployments.close();
        git.close();
    }

    String tenant() {
        return "orders";
    }

    DirectDeployments restarted() {
        return over(cluster);
    }

    DirectDeployments over(Cluster cluster) {
        return new DirectDeployments(
                new HelmRenderer(),
                cluster,
                git::at,
                BundledChart.unpack(temp.resolve("chart")),
                target -> said,
                clock,
                Duration.ofMillis(50));
    }

    String waitingFor(RolloutTarget target) {
        return ((RolloutStatus.InProgress) deployments.follow(target)).waitingFor();
    }

    Verdict verdict(RolloutTarget target) {
        return ended(target).verdict();
    }

    RolloutOutcome ended(RolloutTarget target) {
        RolloutStatus status = deployments.follow(target);
        if (status instanceof RolloutStatus.InProgress) {
            status = deployments.follow(target);
        }
        assertThat(status).isInstanceOf(RolloutStatus.Ended.class);
        return ((RolloutStatus.Ended) status).outcome();
    }

    RolloutTarget target(CommitId commit, String digit) {
        return target(commit, digit, Duration.ofMinutes(10));
    }

    RolloutTarget target(CommitId commit, String digit, Duration timeout) {
        return target(commit, digest(digit), timeout);
    }

    RolloutTarget target(CommitId commit, Digest digest, Duration timeout) {
        return new RolloutTarget(
                new TenantName(tenant()),
                SERVICE,
                TEST,
                tenant() + "-test",
                tenant() + "-test-order-api",
                url,
                GitOpsPaths.folder(SERVICE),
                commit,
                new ImageRef(IMAGES, digest),
                timeout,
                null,
                null);
    }

    CommitId release(String digit) {
        return release(digest(digit));
    }

    CommitId release(Digest digest) {
        return commit(
                GitOpsPaths.release(SERVICE),
                "image:\n  repository: " + IMAGES + "\n  digest: \"" + digest + "\"\n  tag: 1.4.0\nversion: 1.4.0\n");
    }

    /** A release whose manifests are committed as the orchestrator commits them. */
    RolloutTarget reviewed(String digit, String more) {
        CommitId wanted = release(digit);
        List<String> files = Arrays.asList(
                text(wanted, GitOpsPaths.values(SERVICE)),
                text(wanted, GitOpsPaths.release(SERVICE)),
                text(wanted, GitOpsPaths.environment(SERVICE, TEST)),
                text(wanted, GitOpsPaths.migration(SERVICE)));
        String chart = BundledChart.unpack(temp.resolve("reviewed")).toString();
        Manifests manifests = new Manifests(
                new HelmRenderer().render(Chart.of(chart, new TenantName(tenant()), SERVICE, TEST, false, files)));
        CommitId rendered = git.at(url)
                .land(Change.of(
                        GitOpsPaths.rendered(TEST),
                        "change",
                        List.of(edit(GitOpsPaths.manifests(SERVICE), manifests.text() + more))))
                .commit();
        return target(wanted, digit).rendered(rendered);
    }

    private String text(CommitId commit, String path) {
        return git.at(url)
                .read(commit, path)
                .map(content -> new String(content, StandardCharsets.UTF_8))
                .orElse(null);
    }

    CommitId commit(String path, String content) {
        return commit(edit(path, content));
    }

    CommitId commit(FileEdit... edits) {
        return git.at(url)
                .land(Change.of(new BranchName("test"), "change", List.of(edits)))
                .commit();
    }

    static FileEdit edit(String path, String content) {
        return new FileEdit() {
            @Override
            public String path() {
                return path;
            }

            @Override
            public Optional<byte[]> apply(Optional<byte[]> current) {
                return Optional.of(content.getBytes(StandardCharsets.UTF_8));
            }
        };
    }

    static Digest digest(String digit) {
        return new Digest("sha256:" + digit.repeat(64));
    }

    Tree deployment() {
        return Tree.of(
                cluster.get("apps/v1", "Deployment", "orders-test", "order-api").orElseThrow());
    }

    String image() {
        return deployment()
                .at("spec", "template", "spec", "containers")
                .items()
                .get(0)
                .at("image")
                .text();
    }

    String journal() {
        try {
            return Files.readString(temp.resolve("cluster/journal.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
