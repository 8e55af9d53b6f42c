package io.imaas.step.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.dev.local.LocalCluster;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import io.imaas.model.rollout.RolloutStatus;
import io.imaas.port.Cluster;
import io.imaas.testing.ManualClock;
import io.imaas.testing.Yaml;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statuses, pods and events as Kubernetes 1.34 writes them. */
class VerificationJobTest {
    private final ManualClock clock = new ManualClock("2026-11-22T10:00:00Z");
    private final Told told = new Told();
    private Verifier verifier;
    private Verifier.Progress progress;

    @BeforeEach
    void begin(@TempDir Path folder) {
        LocalCluster store = new LocalCluster(folder, clock);
        store.apply(List.of(new Manifest(
                "v1",
                "Namespace",
                "",
                "orders-dev",
                "apiVersion: v1\nkind: Namespace\nmetadata: {name: orders-dev}\n")));
        told.store = store;
        VerifiedRelease release = new VerifiedRelease("orders", Duration.ofMinutes(5));
        verifier = release.verifier("a".repeat(64), told, clock);
        progress = release.begin(verifier);
        assertThat(waits()).contains("job verify-contract-api-", " begins");
    }

    @Test
    void whatStopsItsPodsIsToldAtOnceAndSaysNothingAboutTheRelease() {
        told.job = "status: {active: 0}";
        told.events = List.of("reason: FailedCreate\nmessage: 'pods is forbidden: exceeded quota: orders'");

        assertThat(waits())
                .contains("has not started: the cluster refuses its pods: pods is forbidden: exceeded quota");

        told.job = ended("Failed", "Job was active longer than specified deadline");
        assertThat(end().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(end().reasons())
                .containsExactly("contract: its job did not start: the cluster refuses its pods: pods is forbidden:"
                        + " exceeded quota: orders");
    }

    @Test
    void anImageThatCannotBePulledIsToldByItsPod() {
        told.job = "status: {active: 1}";
        told.pods = List.of("metadata: {name: verify-1}\nstatus: {phase: Pending, containerStatuses: [{state: {waiting:"
                + " {reason: ImagePullBackOff, message: 'manifest unknown'}}}]}");

        assertThat(waits()).contains("pod verify-1: ImagePullBackOff: manifest unknown");
        told.pods = List.of();
        assertThat(waits()).as("its pods go before it has failed").endsWith(" runs");
        told.job = ended("Failed", "deadline");
        assertThat(end().verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void aJobThatRanAndFailedSpeaksAgainstTheRelease() {
        told.job = "status: {active: 0}";
        told.events = List.of("reason: FailedCreate\nmessage: 'exceeded quota: orders'");
        assertThat(waits()).contains("has not started");
        // The quota was raised: the event of before still stands.
        told.job = "status: {active: 1}";
        told.pods = List.of("metadata: {name: verify-1}\nstatus: {phase: Running}");
        assertThat(waits()).endsWith(" runs");
        told.pods =
                List.of("metadata: {name: verify-1}\nstatus: {phase: Failed, containerStatuses: [{state: {terminated:"
                        + " {reason: Error, exitCode: 1}}}]}");
        assertThat(waits()).as("its condition comes a moment later").endsWith(" runs");

        told.job = ended("Failed", "Job has reached the specified backoff limit");
        assertThat(end().verdict()).isEqualTo(Verdict.DEGRADED);
        assertThat(end().reasons().get(0))
                .startsWith("contract: its job failed: Job has reached the specified backoff limit; its output: kubectl"
                        + " logs -n orders-dev job/verify-contract-api-");
    }

    @Test
    void anAccountThatMayNotLookAtPodsStillLearnsHowItEnds() {
        told.refuses = true;
        told.job = "status: {active: 1}";
        assertThat(waits()).endsWith(" runs");

        told.job = ended("Complete", "Reached expected number of succeeded pods");
        assertThat(end().verdict()).isEqualTo(Verdict.LIVE);
        assertThat(end().reasons().toString()).contains("verified by contract: job verify-contract-api-");
    }

    private static String ended(String type, String message) {
        return "status: {conditions: [{type: " + type + ", status: 'True', message: '" + message + "'}]}";
    }

    private String waits() {
        clock.pause(Duration.ofSeconds(1));
        return ((RolloutStatus.InProgress) verifier.look(progress)).waitingFor();
    }

    private RolloutOutcome end() {
        clock.pause(Duration.ofSeconds(1));
        return ((RolloutStatus.Ended) verifier.look(progress)).outcome();
    }

    /** A cluster that says of a Job what the test wants, once it was made. */
    private static final class Told implements Cluster {
        private Cluster store;
        private String job = "";
        private List<String> pods = List.of();
        private List<String> events = List.of();
        private boolean refuses;

        @Override
        public Optional<Manifest> get(String apiVersion, String kind, String namespace, String name) {
            return job.isEmpty()
                    ? store.get(apiVersion, kind, namespace, name)
                    : Optional.of(manifest(
                            kind, "metadata: {name: " + name + ", namespace: " + namespace + ", uid: u1}\n" + job));
        }

        @Override
        public List<Manifest> list(String apiVersion, String kind, String namespace, String label, String value) {
            if (refuses) {
                throw FailureException.policy("the cluster does not let us list " + kind, "", "");
            }
            boolean asked = kind.equals("Event")
                    ? label.equals("involvedObject.uid") && value.equals("u1")
                    : label.equals("batch.kubernetes.io/job-name") && value.startsWith("verify-contract-api-");
            assertThat(asked).as(kind + " " + label + "=" + value).isTrue();
            return (kind.equals("Event") ? events : pods)
                    .stream().map(yaml -> manifest(kind, yaml)).toList();
        }

        @Override
        public Applied ensure(List<ClusterObject> space) {
            return store.ensure(space);
        }

        @Override
        public List<Effect> apply(List<Manifest> manifests) {
            throw new AssertionError("nothing but its Job is made");
        }

        @Override
        public Effect restore(ClusterObject before) {
            throw new AssertionError("nothing is restored");
        }

        @Override
        public Effect delete(String apiVersion, String kind, String namespace, String name, OwnLabels labels) {
            throw new AssertionError("nothing is deleted");
        }

        @Override
        public void check() {}

        private static Manifest manifest(String kind, String yaml) {
            return new Manifest("v1", kind, "orders-dev", "a", yaml, Yaml.map(yaml));
        }
    }
}
