package io.imaas.adapter.argocd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imaas.adapter.argocd.sim.SimulatedGit;
import io.imaas.adapter.argocd.sim.SimulatedServer;
import io.imaas.adapter.argocd.sim.SimulatedWorkload.Behaviour;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import io.imaas.model.rollout.RolloutStatus;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import io.imaas.testing.FastClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The whole adapter over real HTTP against the simulated Argo CD, whose world runs fifty times faster than ours. */
class ArgoCdDeploymentsTest extends ArgoCdWorld {
    private RolloutTarget target(CommitId commit, Digest digest) {
        return target(commit, digest, Duration.ofSeconds(20));
    }

    private RolloutTarget target(CommitId commit, Digest digest, Duration timeout) {
        return new RolloutTarget(
                new TenantName("orders"),
                new ServiceName("order-api"),
                new EnvironmentName("dev"),
                "orders-dev",
                "orders-dev-order-api",
                new RepositoryUrl("https://git.example.org/o.git"),
                "services/order-api",
                commit,
                new ImageRef(ImageRepository.parse(IMAGE), digest),
                timeout,
                null,
                null);
    }

    private CommitId commit(Digest digest) {
        return time.call(() -> git.commit("order-api", digest));
    }

    private RolloutOutcome outcome(RolloutTarget target) throws Exception {
        CompletableFuture<RolloutOutcome> ended = new CompletableFuture<>();
        Runnable look = () -> {
            if (deployments.follow(target) instanceof RolloutStatus.Ended end) {
                ended.complete(end.outcome());
            }
        };
        AutoCloseable watch = deployments.watch(target, look);
        try {
            look.run();
            return ended.get(25, TimeUnit.SECONDS);
        } finally {
            watch.close();
        }
    }

    @Test
    void aCommitComesLiveWithAHandfulOfCallsAndTheProjectOnEachOfThem() throws Exception {
        Digest digest = SimulatedGit.digest(1);
        RolloutTarget target = target(commit(digest), digest);
        RolloutOutcome outcome = outcome(target);
        assertThat(outcome.verdict()).isEqualTo(Verdict.LIVE);
        assertThat(outcome.liveCommit()).isEqualTo(target.commit());
        assertThat(outcome.reasons()).contains("Deployment order-api runs " + digest);
        List<SimulatedServer.Request> calls = server.requests().stream()
                .filter(request -> request.path().contains("/applications/orders"))
                .toList();
        assertThat(calls).hasSizeLessThanOrEqualTo(6).allSatisfy(call -> assertThat(call.query())
                .containsEntry("project", "orders-dev"));
    }

    @Test
    void aManualApplicationIsSyncedToTheVeryCommit() throws Exception {
        time.run(application::manual);
        Digest digest = SimulatedGit.digest(1);
        RolloutTarget target = target(commit(digest), digest);
        assertThat(outcome(target).verdict()).isEqualTo(Verdict.LIVE);
        assertThat(server.requests())
                .filteredOn(r -> r.path().endsWith("/sync"))
                .hasSize(1)
                .allSatisfy(r ->
                        assertThat(r.body()).contains(target.commit().value()).contains("\"prune\":true"));
    }

    @Test
    void aBrokenImageIsDegradedWithThePodsOwnWords() throws Exception {
        Digest digest = SimulatedGit.digest(1);
        time.run(() -> application.workload().behaves(digest, Behaviour.BROKEN));
        RolloutOutcome outcome = outcome(target(commit(digest), digest));
        assertThat(outcome.verdict()).isEqualTo(Verdict.DEGRADED);
        assertThat(outcome.reasons())
                .anyMatch(r -> r.contains("back-off 5m0s restarting failed container"))
                .anyMatch(r -> r.contains("Readiness probe failed"))
                .anyMatch(r -> r.contains("faulty CAR order-api_1.0.0.car"));
    }

    @Test
    void aMigrationThatFailsEndsTheRolloutWithItsLastWordsAndNotWithThoseOfTheOldRelease() throws Exception {
        Digest digest = SimulatedGit.digest(1);
        CommitId commit = commit(digest);
        time.run(() -> {
            application.migrates();
            argo.fails(commit.value());
        });
        RolloutOutcome outcome = outcome(target(commit, digest));
        assertThat(outcome.verdict()).as(outcome.toString()).isEqualTo(Verdict.FAILED);
        assertThat(outcome.reasons())
                .anyMatch(r -> r.startsWith("Job order-api-migration-0123456789: Job has reached"))
                .anyMatch(r -> r.contains("ERROR: Migration of V1__a.sql failed"));
    }

    @Test
    void aSyncWindowRefusesAndSaysWhichOneItIs() throws Exception {
        time.run(() -> argo.denyWindows(true, false));
        Digest digest = SimulatedGit.digest(1);
        RolloutOutcome outcome = outcome(target(commit(digest), digest));
        assertThat(outcome.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(outcome.reasons().get(0)).contains("deny from '0 22 * * *' for 8h");
    }

    /** A rollback comes at any time: what landed all the same is synced by request, where the windows are our own. */
    @Test
    void whatLandsOutsideOurOwnWindowsIsSynced() throws Exception {
        time.run(() -> argo.denyWindows(true, false));
        server.projects().put("orders-dev", (ObjectNode)
                new ObjectMapper().readTree("{\"metadata\": {\"labels\": {\"imaas.io/windows\": \"synced\"}}}"));
        Digest digest = SimulatedGit.digest(1);
        assertThat(outcome(target(commit(digest), digest)).verdict()).isEqualTo(Verdict.LIVE);
    }

    @Test
    void aWrongTokenIsRefusedAndNeverPrinted() throws Exception {
        deployments.close();
        deployments = deployments("wrong-token", new FastClock());
        Digest digest = SimulatedGit.digest(1);
        // An hour of the fast clock is a minute: the first answer of a busy machine takes its time.
        RolloutOutcome outcome = outcome(target(commit(digest), digest, Duration.ofHours(1)));
        assertThat(outcome.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(outcome.toString()).doesNotContain("wrong-token");
        assertThatThrownBy(deployments::check)
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.POLICY))
                .hasMessageContaining("token");
    }

    @Test
    void aSupersededCommitEndsWhenTheOtherOneIsLive() throws Exception {
        Digest ours = SimulatedGit.digest(1);
        RolloutTarget target = target(commit(ours), ours);
        CommitId later = commit(SimulatedGit.digest(2));
        RolloutOutcome outcome = outcome(target);
        assertThat(outcome.verdict()).isEqualTo(Verdict.SUPERSEDED);
        assertThat(outcome.liveCommit()).isEqualTo(later);
    }

    @Test
    void aBrokenStreamAndAServerThatIsNotWellDelayButDoNotDeceive() throws Exception {
        Digest digest = SimulatedGit.digest(1);
        RolloutTarget target = target(commit(digest), digest);
        deployments.follow(target);
        server.failNext(3);
        server.breakStreams();
        server.broadcast("{\"error\":{\"http_code\":500,\"message\":\"transport is closing\"}}");
        assertThat(outcome(target).verdict()).isEqualTo(Verdict.LIVE);
    }

    @Test
    void aMissingApplicationFailsAndSaysWhich() throws Exception {
        time.run(() -> argo.delete(application));
        RolloutOutcome outcome = outcome(target(commit(SimulatedGit.digest(1)), SimulatedGit.digest(1)));
        assertThat(outcome.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(outcome.reasons().get(0)).contains("orders-dev-order-api").contains("project orders");
    }

    @Test
    void laterDegradationIsSeen() throws Exception {
        Digest digest = SimulatedGit.digest(1);
        RolloutTarget target = target(commit(digest), digest);
        assertThat(outcome(target).verdict()).isEqualTo(Verdict.LIVE);
        assertThat(deployments.now(target)).map(HealthRecord::status).contains(HealthRecord.Status.HEALTHY);
        BlockingQueue<HealthRecord.Status> heard = new LinkedBlockingQueue<>();
        AutoCloseable watch = deployments.watch(target, record -> heard.add(record.status()));
        assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo(HealthRecord.Status.HEALTHY);
        time.run(() -> application.workload().degrade());
        assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo(HealthRecord.Status.DEGRADED);
        watch.close();
        CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(400, TimeUnit.MILLISECONDS))
                .get();
        assertThat(deployments.now(target)).map(HealthRecord::status).contains(HealthRecord.Status.DEGRADED);
    }

    @Test
    void aClusterThatDoesNotAnswerArgoCdIsNoMissingRightAndCostsTimeAlone() throws Exception {
        Digest digest = SimulatedGit.digest(1);
        RolloutTarget target = target(commit(digest), digest);
        server.clusterAway(true);
        CompletableFuture<String> waitsFor = new CompletableFuture<>();
        Runnable look = () -> {
            if (deployments.follow(target) instanceof RolloutStatus.InProgress now
                    && now.waitingFor().contains("Kubernetes API server")) {
                waitsFor.complete(now.waitingFor());
            }
        };
        try (AutoCloseable watch = deployments.watch(target, look)) {
            look.run();
            assertThat(waitsFor.get(60, TimeUnit.SECONDS)).contains("gets no answer");
            assertThat(watch).isNotNull();
        }
        FailureException read = catchThrowableOfType(FailureException.class, () -> deployments.now(target));
        assertThat(read.failure().kind()).isEqualTo(FailureKind.EXTERNAL);
        assertThat(read.failure().what()).contains("gets no answer from the Kubernetes API server");
        server.clusterAway(false);
        assertThat(outcome(target).verdict()).isEqualTo(Verdict.LIVE);
    }
}
