package io.imaas.adapter.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.git.GitSettings;
import io.imaas.adapter.helm.BundledChart;
import io.imaas.adapter.helm.HelmRenderer;
import io.imaas.adapter.local.LocalCluster;
import io.imaas.model.BranchName;
import io.imaas.model.CommitId;
import io.imaas.model.Digest;
import io.imaas.model.EnvironmentName;
import io.imaas.model.FailureException;
import io.imaas.model.GitOpsPaths;
import io.imaas.model.HealthRecord;
import io.imaas.model.ImageRef;
import io.imaas.model.ImageRepository;
import io.imaas.model.Manifest;
import io.imaas.model.OwnLabels;
import io.imaas.model.ProbeResult;
import io.imaas.model.RepositoryUrl;
import io.imaas.model.RolloutOutcome;
import io.imaas.model.RolloutOutcome.Verdict;
import io.imaas.model.RolloutStatus;
import io.imaas.model.RolloutTarget;
import io.imaas.model.ServiceName;
import io.imaas.model.TenantName;
import io.imaas.port.Change;
import io.imaas.port.FileEdit;
import io.imaas.port.ServiceProbe;
import io.imaas.testing.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real Git, real Helm, and the local cluster. */
class DirectDeploymentsTest {
    private static final ServiceName SERVICE = new ServiceName("order-api");
    private static final EnvironmentName TEST = new EnvironmentName("test");
    private static final ImageRepository IMAGES = ImageRepository.parse("registry.acme.example/imaas/orders/order-api");

    @TempDir
    Path temp;

    private final ManualClock clock = new ManualClock("2026-11-22T10:00:00Z");
    private RepositoryUrl url;
    private GitRepositories git;
    private LocalCluster cluster;
    private DirectDeployments deployments;
    private volatile ProbeResult said = new ProbeResult.Well("");

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
        git = new GitRepositories(GitSettings.of(temp.resolve("cache"), GitAccess.anonymous(), clock));
        cluster = new LocalCluster(temp.resolve("cluster"), clock);
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

    private DirectDeployments restarted() {
        return new DirectDeployments(
                new HelmRenderer(),
                cluster,
                git::at,
                BundledChart.unpack(temp.resolve("chart")),
                target -> said,
                clock,
                Duration.ofMillis(50));
    }

    @Test
    void aReleaseComesLiveAndTheEvidenceSaysThatNothingRuns() {
        CommitId commit = release("a");
        RolloutOutcome outcome = ended(target(commit, "a"));
        assertThat(outcome.verdict()).isEqualTo(Verdict.LIVE);
        assertThat(outcome.liveCommit()).isEqualTo(commit);
        assertThat(outcome.reasons())
                .containsExactly(
                        "2 of 2 replicas updated and ready with aaaaaaaaaaaa",
                        "recorded by the local cluster: no pods run here");
        assertThat(image()).isEqualTo(IMAGES + "@" + digest("a"));
    }

    @Test
    void followingAgainAfterARestartChangesNothing() {
        CommitId commit = release("a");
        ended(target(commit, "a"));
        String before = journal();
        assertThat(verdict(target(commit, "a"))).isEqualTo(Verdict.LIVE);
        deployments.close();
        deployments = restarted();
        assertThat(verdict(target(commit, "a"))).isEqualTo(Verdict.LIVE);
        assertThat(journal()).isEqualTo(before);
    }

    @Test
    void aLaterCommitThatKeepsTheImageIsStillOurs() {
        CommitId ours = release("a");
        CommitId later = commit(GitOpsPaths.environment(SERVICE, TEST), "environment: test\nreplicas: 3\n");
        RolloutOutcome outcome = ended(target(ours, "a"));
        assertThat(outcome.verdict()).isEqualTo(Verdict.LIVE);
        assertThat(outcome.liveCommit()).isEqualTo(later);
    }

    @Test
    void aLaterReleaseSupersedesOursOnceItIsLive() {
        CommitId ours = release("a");
        CommitId later = release("b");
        RolloutOutcome outcome = ended(target(ours, "a"));
        assertThat(outcome.verdict()).isEqualTo(Verdict.SUPERSEDED);
        assertThat(outcome.liveCommit()).isEqualTo(later);
        assertThat(outcome.reasons().get(0)).contains("put bbbbbbbbbbbb in the place of aaaaaaaaaaaa");
        assertThat(image()).endsWith(digest("b").value());
    }

    @Test
    void whenTheSupersedingReleaseBreaksNothingIsSaidOfOurs() {
        CommitId ours = release("a");
        release("b");
        cluster.faults().script("orders-test", "order-api", digest("b").value(), "faulty CAR");
        assertThat(verdict(target(ours, "a"))).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void aBrokenReleaseIsDegradedWithItsReason() {
        cluster.faults().script("orders-test", "order-api", digest("a").value(), "healthz: faulty CAPPs detected");
        RolloutOutcome outcome = ended(target(release("a"), "a"));
        assertThat(outcome.verdict()).isEqualTo(Verdict.DEGRADED);
        assertThat(outcome.reasons()).anyMatch(reason -> reason.contains("faulty CAPPs detected"));
    }

    @Test
    void aServiceThatDoesNotSayThatItIsWellIsNotLive() {
        said = new ProbeResult.Silent("the management API can't be reached");
        RolloutTarget target = target(release("a"), "a");
        assertThat(waitingFor(target)).isEqualTo("the management API can't be reached");
        said = new ProbeResult.Faulty(List.of("CAR order-api 1.4.0 is faulty"));
        clock.pause(Duration.ofSeconds(5));
        assertThat(waitingFor(target)).isEqualTo("CAR order-api 1.4.0 is faulty");
        clock.pause(Duration.ofSeconds(91));
        RolloutOutcome outcome = ended(target);
        assertThat(outcome.verdict()).isEqualTo(Verdict.DEGRADED);
        assertThat(outcome.reasons()).containsExactly("CAR order-api 1.4.0 is faulty");
    }

    @Test
    void aServiceThatRecoversInTimeIsLiveWithItsOwnWord() {
        said = new ProbeResult.Denied("the management API refuses user 'admin'");
        RolloutTarget target = target(release("a"), "a");
        assertThat(waitingFor(target)).contains("refuses user");
        said = new ProbeResult.Well("CAR order-api 1.4.0 is loaded");
        clock.pause(Duration.ofSeconds(60));
        assertThat(ended(target).reasons()).contains("CAR order-api 1.4.0 is loaded");
    }

    private String waitingFor(RolloutTarget target) {
        return ((RolloutStatus.InProgress) deployments.follow(target)).waitingFor();
    }

    @Test
    void aRewrittenBranchIsAFailureNotASuccess() {
        CommitId gone = new CommitId("f".repeat(40));
        release("a");
        assertThat(verdict(target(gone, "a"))).isNotIn(Verdict.LIVE, Verdict.SUPERSEDED);
    }

    @Test
    void whatDoesNotRenderIsNotAppliedAndSaysWhy() {
        CommitId commit = release("a");
        commit(GitOpsPaths.environment(SERVICE, TEST), "environment: test\nreplcias: 2\n");
        RolloutOutcome outcome = ended(target(commit, "a"));
        assertThat(outcome.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(outcome.reasons().get(0)).contains("replcias");
        assertThat(cluster.get("apps/v1", "Deployment", "orders-test", "order-api"))
                .isEmpty();
    }

    @Test
    void noFileOfATenantCanClaimToBeAnothersOrLeaveItsEnvironment() {
        commit(GitOpsPaths.values(SERVICE), "tenant: payments\nservice: order-api\ntype: gateway\n");
        ended(target(release("a"), "a"));
        assertThat(deployment().at("metadata", "labels", "imaas.io/tenant").text())
                .isEqualTo("orders");
    }

    @Test
    void whatTheChartNoLongerMakesIsTakenAway() {
        ended(target(release("a"), "a"));
        assertThat(cluster.get("v1", "Service", "orders-test", "order-api")).isPresent();
        commit(GitOpsPaths.values(SERVICE), "tenant: orders\nservice: order-api\ntype: worker\n");
        assertThat(verdict(target(release("b"), "b"))).isEqualTo(Verdict.LIVE);
        assertThat(cluster.get("v1", "Service", "orders-test", "order-api")).isEmpty();
        assertThat(cluster.get("apps/v1", "Deployment", "orders-test", "order-api"))
                .isPresent();
    }

    @Test
    void whatOnlyCallsItselfTheServicesIsNotTakenAway() {
        cluster.apply(List.of(new Manifest(
                "v1",
                "ConfigMap",
                "orders-test",
                "notes",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: notes, labels: {imaas.io/service: order-api}}\n")));

        assertThat(verdict(target(release("a"), "a"))).isEqualTo(Verdict.LIVE);
        assertThat(cluster.get("v1", "ConfigMap", "orders-test", "notes")).isPresent();
    }

    @Test
    void aScheduledStepIsLiveWhenItsScheduleHasTheImage() {
        commit(GitOpsPaths.values(SERVICE), "service: order-api\ntype: step\nstep: {schedule: \"0 5 * * *\"}\n");
        RolloutOutcome outcome = ended(target(release("a"), "a"));
        assertThat(outcome.verdict()).isEqualTo(Verdict.LIVE);
        assertThat(outcome.reasons().get(0)).contains("runs at '0 5 * * *'");
    }

    @Test
    void aStepThatRunsOnceIsLiveWhenItEnded() {
        commit(GitOpsPaths.values(SERVICE), "service: order-api\ntype: step\n");
        assertThat(verdict(target(release("a"), "a"))).isEqualTo(Verdict.LIVE);
        assertThat(verdict(target(release("b"), "b"))).isEqualTo(Verdict.LIVE);
        assertThat(cluster.list("batch/v1", "Job", "orders-test", "imaas.io/service", "order-api"))
                .hasSize(1);
    }

    @Test
    void aMissingNamespaceIsSaidBeforeAnythingIsApplied() {
        cluster.delete("v1", "Namespace", "", "orders-test", new OwnLabels(Map.of("a", "b")));
        assertThat(verdict(target(release("a"), "a"))).isEqualTo(Verdict.FAILED);
    }

    @Test
    void somebodyElsesChangeOfTheImageIsPutRight() {
        CommitId commit = release("a");
        ended(target(commit, "a"));
        Manifest live =
                cluster.get("apps/v1", "Deployment", "orders-test", "order-api").orElseThrow();
        cluster.apply(List.of(new Manifest(
                live.apiVersion(),
                live.kind(),
                live.namespace(),
                live.name(),
                live.yaml().replace(digest("a").value(), digest("c").value()))));
        assertThat(verdict(target(commit, "a"))).isEqualTo(Verdict.LIVE);
        assertThat(image()).endsWith(digest("a").value());
    }

    @Test
    void aListenerIsCalledWhenSomethingChangesAndNotWithout() throws Exception {
        CommitId commit = release("a");
        Semaphore calls = new Semaphore(0);
        try (AutoCloseable watch = deployments.watch(target(commit, "a"), () -> calls.release())) {
            assertThat(calls.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            assertThat(calls.tryAcquire(500, TimeUnit.MILLISECONDS)).isFalse();
            cluster.faults().script("orders-test", "order-api", "", "it broke later");
            assertThat(calls.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void aChangeInTheClusterIsHeardAndNotPolledFor() throws Exception {
        CommitId commit = release("a");
        Semaphore calls = new Semaphore(0);
        TellingCluster telling = new TellingCluster(cluster);
        try (DirectDeployments patient = new DirectDeployments(
                        new HelmRenderer(),
                        telling,
                        git::at,
                        BundledChart.unpack(temp.resolve("chart")),
                        ServiceProbe.NONE,
                        clock,
                        Duration.ofHours(1));
                AutoCloseable watch = patient.watch(target(commit, "a"), () -> calls.release())) {
            assertThat(calls.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            cluster.faults().script("orders-test", "order-api", "", "it broke later");
            assertThat(calls.tryAcquire(300, TimeUnit.MILLISECONDS)).isFalse();
            telling.tell();
            assertThat(calls.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            assertThat(watch).isNotNull();
            assertThat(telling.watchedKinds()).containsExactlyInAnyOrder("Deployment", "Job", "Pod");
        }
    }

    @Test
    void laterHealthIsSeenWithoutArgoCd() throws Exception {
        RolloutTarget target = target(release("a"), "a");
        assertThat(deployments.now(target)).isEmpty();
        ended(target);
        assertThat(deployments.now(target).map(HealthRecord::status)).contains(HealthRecord.Status.HEALTHY);
        BlockingQueue<HealthRecord.Status> heard = new LinkedBlockingQueue<>();
        try (AutoCloseable watch = deployments.watch(target, record -> heard.add(record.status()))) {
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(HealthRecord.Status.HEALTHY);
            cluster.faults().script("orders-test", "order-api", "", "it broke later");
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(HealthRecord.Status.DEGRADED);
            assertThat(watch).isNotNull();
        }
        ended(target(release("b"), "b"));
        assertThat(deployments.now(target)).isEmpty();
    }

    @Test
    void aClusterThatIsLostIsNeverASuccess() {
        CommitId commit = release("a");
        DirectDeployments lost = new DirectDeployments(
                new HelmRenderer(),
                new LostCluster(),
                git::at,
                temp.resolve("chart"),
                ServiceProbe.NONE,
                clock,
                Duration.ofSeconds(1));
        assertThatThrownBy(() -> lost.follow(target(commit, "a"))).isInstanceOf(FailureException.class);
        lost.close();
    }

    private Verdict verdict(RolloutTarget target) {
        return ended(target).verdict();
    }

    private RolloutOutcome ended(RolloutTarget target) {
        RolloutStatus status = deployments.follow(target);
        if (status instanceof RolloutStatus.InProgress) {
            status = deployments.follow(target);
        }
        assertThat(status).isInstanceOf(RolloutStatus.Ended.class);
        return ((RolloutStatus.Ended) status).outcome();
    }

    private RolloutTarget target(CommitId commit, String digit) {
        return new RolloutTarget(
                new TenantName("orders"),
                SERVICE,
                TEST,
                "orders",
                "orders-test-order-api",
                url,
                GitOpsPaths.folder(SERVICE),
                commit,
                new ImageRef(IMAGES, digest(digit)),
                Duration.ofMinutes(10));
    }

    private CommitId release(String digit) {
        return commit(
                GitOpsPaths.release(SERVICE),
                "image:\n  repository: " + IMAGES + "\n  digest: \"" + digest(digit)
                        + "\"\n  tag: 1.4.0\nversion: 1.4.0\n");
    }

    private CommitId commit(String path, String content) {
        return commit(edit(path, content));
    }

    private CommitId commit(FileEdit... edits) {
        return git.at(url)
                .land(new Change(new BranchName("test"), List.of(edits), "change", "", Map.of(), "", null, 0))
                .commit();
    }

    private static FileEdit edit(String path, String content) {
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

    private static Digest digest(String digit) {
        return new Digest("sha256:" + digit.repeat(64));
    }

    private Tree deployment() {
        return Tree.of(
                cluster.get("apps/v1", "Deployment", "orders-test", "order-api").orElseThrow());
    }

    private String image() {
        return deployment()
                .at("spec", "template", "spec", "containers")
                .items()
                .get(0)
                .at("image")
                .text();
    }

    private String journal() {
        try {
            return Files.readString(temp.resolve("cluster/journal.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
