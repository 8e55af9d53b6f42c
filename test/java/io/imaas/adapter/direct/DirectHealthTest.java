package io.imaas.adapter.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.adapter.helm.BundledChart;
import io.imaas.adapter.helm.HelmRenderer;
import io.imaas.adapter.system.SystemClock;
import io.imaas.model.failure.FailureException;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.ProbeResult;
import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import io.imaas.model.rollout.RolloutStatus;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.source.CommitId;
import io.imaas.port.ServiceProbe;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is heard of a release: of the service itself, of the cluster, and later. */
class DirectHealthTest extends DirectScene {
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

    @Test
    void aListenerIsCalledWhenSomethingChangesAndNotWithout() throws Exception {
        faults.script("orders-test/order-api", "slow:");
        CommitId commit = release("a");
        Semaphore calls = new Semaphore(0);
        try (AutoCloseable watch = deployments.watch(target(commit, "a"), () -> calls.release())) {
            assertThat(calls.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            assertThat(calls.tryAcquire(500, TimeUnit.MILLISECONDS)).isFalse();
            faults.script("orders-test/order-api", "it broke");
            assertThat(calls.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void aChangeInTheClusterIsHeardAndNotPolledFor() throws Exception {
        faults.script("orders-test/order-api", "slow:");
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
            faults.script("orders-test/order-api", "it broke");
            telling.tell("orders-test", "another-api");
            telling.tell("orders-prod", "order-api");
            assertThat(calls.tryAcquire(300, TimeUnit.MILLISECONDS)).isFalse();
            telling.tell("orders-test", "order-api");
            assertThat(calls.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            assertThat(watch).isNotNull();
            assertThat(telling.watchedKinds()).containsExactlyInAnyOrder("Deployment", "Job", "Pod");
        }
    }

    @Test
    void anEndThatAWatchSawFirstIsStillTheEndForWhoeverWaits() throws Exception {
        faults.script("orders-test/order-api", "slow:");
        RolloutTarget target = target(release("a"), "a");
        Semaphore calls = new Semaphore(0);
        try (AutoCloseable watch = deployments.watch(target, () -> calls.release())) {
            assertThat(calls.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            clock.pause(Duration.ofMinutes(10));
            assertThat(calls.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            assertThat(watch).isNotNull();
        }
        clock.pause(Duration.ofMinutes(1));
        assertThat(((RolloutStatus.Ended) deployments.follow(target)).outcome().verdict())
                .isEqualTo(Verdict.TIMED_OUT);
    }

    @Test
    void theTimeIsOverToTheSecondThoughNothingIsHeardOrLookedAt() throws Exception {
        faults.script("orders-test/order-api", "slow:");
        RolloutTarget target = target(release("a"), "a", Duration.ofSeconds(2));
        Semaphore calls = new Semaphore(0);
        try (DirectDeployments patient = new DirectDeployments(
                        new HelmRenderer(),
                        cluster,
                        git::at,
                        BundledChart.unpack(temp.resolve("chart")),
                        ServiceProbe.NONE,
                        new SystemClock(),
                        Duration.ofHours(1));
                AutoCloseable watch = patient.watch(target, () -> calls.release())) {
            assertThat(calls.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            assertThat(calls.tryAcquire(3, TimeUnit.SECONDS)).isTrue();
            assertThat(((RolloutStatus.Ended) patient.follow(target)).outcome().verdict())
                    .isEqualTo(Verdict.TIMED_OUT);
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void manyRolloutsShareOneWatchAKind() throws Exception {
        TellingCluster telling = new TellingCluster(cluster);
        try (DirectDeployments patient = new DirectDeployments(
                new HelmRenderer(),
                telling,
                git::at,
                BundledChart.unpack(temp.resolve("chart")),
                ServiceProbe.NONE,
                clock,
                Duration.ofHours(1))) {
            Semaphore calls = new Semaphore(0);
            for (String digit : List.of("a", "b", "c")) {
                patient.watch(target(release(digit), digit), () -> calls.release());
            }
            assertThat(calls.tryAcquire(3, 20, TimeUnit.SECONDS)).isTrue();
            assertThat(telling.watches()).isEqualTo(3);
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
            faults.script("orders-test/order-api", "it broke later");
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
}
