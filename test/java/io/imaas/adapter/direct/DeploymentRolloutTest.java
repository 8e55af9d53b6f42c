package io.imaas.adapter.direct;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.kubernetes.Tree;
import io.imaas.testing.Yaml;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Statuses as Kubernetes 1.34 writes them. */
class DeploymentRolloutTest {
    private static final ImageRepository IMAGES = ImageRepository.parse("registry.acme.example/orders/order-api");
    private static final ImageRef NEW = image("a");
    private static final ImageRef OLD = image("b");

    private final List<Tree> pods = new ArrayList<>();
    private Optional<Tree> autoscaler = Optional.empty();

    @Test
    void everyWantedPodReadyIsLive() {
        Liveness seen = look(3, "updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3, replicas: 3");
        assertThat(seen.state()).isEqualTo(Liveness.State.LIVE);
        assertThat(seen.reasons().get(0)).isEqualTo("3 of 3 replicas updated and ready with aaaaaaaaaaaa");
    }

    @Test
    void noPodIsNotLive() {
        Liveness seen = look(0, "observedGeneration: 2");
        assertThat(seen.state()).isEqualTo(Liveness.State.UNDERWAY);
        assertThat(seen.waitingFor()).contains("scaled to 0");
    }

    @Test
    void fewerPodsThanTheAutoscalersMinimumAreNotLive() {
        autoscaler = Optional.of(tree("spec: {minReplicas: 3, maxReplicas: 6}"));
        String complete = "updatedReplicas: %1$d, readyReplicas: %1$d, availableReplicas: %1$d, replicas: %1$d";
        assertThat(look(1, complete.formatted(1)).waitingFor())
                .isEqualTo("the autoscaler to raise 1 pods to its minimum of 3");
        assertThat(look(3, complete.formatted(3)).state()).isEqualTo(Liveness.State.LIVE);
    }

    @Test
    void anAutoscalerWithoutMeasurementsIsToldAndSaysNothingOfThePods() {
        autoscaler =
                Optional.of(tree("{spec: {minReplicas: 2, maxReplicas: 6}, status: {conditions: [{type: ScalingActive,"
                        + " status: 'False', message: no metrics}]}}"));
        Liveness seen = look(3, "updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3, replicas: 3");
        assertThat(seen.state()).isEqualTo(Liveness.State.LIVE);
        assertThat(seen.reasons()).contains("its autoscaler does not scale: no metrics");
    }

    @Test
    void podsThatTheClusterRefusesAreARejectionInItsOwnWords() {
        pods.add(pod("old", OLD, true, ""));
        Liveness seen = look(
                1,
                """
                updatedReplicas: 0, readyReplicas: 1, availableReplicas: 1, replicas: 1,
                conditions: [{type: ReplicaFailure, status: "True", reason: FailedCreate,
                  message: 'pods "order-api-5d-x" is forbidden: exceeded quota: imaas'}]""");
        assertThat(seen.state()).isEqualTo(Liveness.State.REJECTED);
        assertThat(seen.patience()).isLessThan(Duration.ofMinutes(1));
        assertThat(seen.reasons().get(0)).contains("exceeded quota: imaas");
    }

    @Test
    void aRejectionOfAnOlderReleaseIsNoEvidenceAgainstThisOne() {
        pods.add(pod("new", NEW, false, ""));
        Liveness seen = look(
                1,
                """
                updatedReplicas: 1, replicas: 1,
                conditions: [{type: ReplicaFailure, status: "True", message: of the older one}]""");
        assertThat(seen.state()).isEqualTo(Liveness.State.UNDERWAY);
    }

    @Test
    void podsAreCountedByImage() {
        pods.add(pod("new", NEW, false, ""));
        pods.add(pod("old-1", OLD, true, ""));
        pods.add(pod("old-2", OLD, true, ""));
        assertThat(look(2, "updatedReplicas: 1, readyReplicas: 2, availableReplicas: 2, replicas: 3")
                        .waitingFor())
                .isEqualTo("0 of 2 pods ready with aaaaaaaaaaaa; 2 with bbbbbbbbbbbb still there");
    }

    @Test
    void anImageThatCannotBePulledIsBrokenWhenItLasts() {
        pods.add(pod("new", NEW, false, "{waiting: {reason: ImagePullBackOff, message: not found}}"));
        Liveness seen = look(1, "updatedReplicas: 1, replicas: 1");
        assertThat(seen.state()).isEqualTo(Liveness.State.BROKEN);
        assertThat(seen.patience()).isLessThan(Duration.ofMinutes(1));
        assertThat(seen.reasons()).containsExactly("pod new: ImagePullBackOff: not found");
    }

    @Test
    void aPodOfAnotherReleaseThatCrashesIsNoEvidenceAgainstThisOne() {
        pods.add(pod("old", OLD, false, "{waiting: {reason: CrashLoopBackOff}}"));
        pods.add(pod("new", NEW, false, "{running: {}}"));
        assertThat(look(1, "updatedReplicas: 1, replicas: 2").state()).isEqualTo(Liveness.State.UNDERWAY);
    }

    @Test
    void whateverStopsTheProgressIsBrokenAtOnce() {
        Liveness seen = look(
                1,
                """
                updatedReplicas: 1, replicas: 1, conditions: [{type: Progressing, status: "False",
                  reason: ReplicaSetCreateError, message: 'Failed to create new replica set: denied'}]""");
        assertThat(seen.state()).isEqualTo(Liveness.State.BROKEN);
        assertThat(seen.patience()).isZero();
        assertThat(seen.reasons()).containsExactly("Failed to create new replica set: denied");
    }

    @Test
    void aPodThatItsNodeEvictedIsToldAndIsNoEvidenceAgainstTheRelease() {
        pods.add(tree(
                """
                metadata: {name: gone}
                spec: {containers: [{image: "%s"}]}
                status:
                  phase: Failed
                  reason: Evicted
                  message: "The node was low on resource: memory."
                  containerStatuses: [{restartCount: 0, ready: false, state: {terminated: {exitCode: 137}}}]
                """
                        .formatted(NEW)));
        pods.add(pod("new", NEW, false, "{waiting: {reason: ContainerCreating}}"));
        Liveness seen = look(1, "updatedReplicas: 1, replicas: 1");
        assertThat(seen.state()).isEqualTo(Liveness.State.UNDERWAY);
        assertThat(seen.reasons())
                .containsExactly("pod gone was ended: Evicted: The node was low on resource: memory.");
    }

    private Liveness look(int replicas, String status) {
        Tree deployment = tree(
                """
                metadata: {generation: 2}
                spec: {replicas: %d, template: {spec: {containers: [{image: "%s"}]}}}
                status: {observedGeneration: 2, %s}
                """
                        .formatted(replicas, NEW, status.replace("observedGeneration: 2", "")));
        return new DeploymentRollout(deployment, NEW, () -> autoscaler, () -> pods).liveness();
    }

    private static Tree pod(String name, ImageRef image, boolean ready, String state) {
        return tree(
                """
                metadata: {name: %s}
                spec: {containers: [{image: "%s"}]}
                status:
                  conditions: [{type: Ready, status: "%s"}]
                  containerStatuses: [{restartCount: 0, ready: %s, state: %s}]
                """
                        .formatted(name, image, ready ? "True" : "False", ready, state.isEmpty() ? "{}" : state));
    }

    private static Tree tree(String yaml) {
        return new Tree(Yaml.map(yaml));
    }

    private static ImageRef image(String digit) {
        return new ImageRef(IMAGES, new Digest("sha256:" + digit.repeat(64)));
    }
}
