package io.imaas.adapter.argocd;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import io.imaas.model.rollout.RolloutTarget;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Faults of which Argo CD itself says nothing, or only that it goes on trying. */
@Tag("real")
class RealFaultsTest extends RealArgoCdScene {
    @Test
    void aHookThatDoesNotBeginFailsWithItsPodsWordsAndTheNextReleaseIsNotHeldUp() throws Exception {
        RolloutOutcome outcome = within(60, commit(manifest("b2", 1) + hook("dead")), "b2");
        assertThat(outcome.verdict()).as(outcome.toString()).isEqualTo(Verdict.FAILED);
        assertThat(outcome.reasons().toString()).contains("Job migrate", "ImagePull");
        live("c3", 1);
    }

    @Test
    void aHookThatNeverEndsIsNamedByTheTimeout() throws Exception {
        RolloutTarget target = target(commit(manifest("b2", 1) + hook("0e4e")), "b2", Duration.ofSeconds(30));
        RolloutOutcome outcome = ended(40, target);
        assertThat(outcome.verdict()).as(outcome.toString()).isEqualTo(Verdict.TIMED_OUT);
        assertThat(outcome.reasons().toString()).contains("hook", "migrate");
    }

    @Test
    void aJobOfAnEarlierWaveWhosePodsAreRefusedFailsWithTheServersWords() throws Exception {
        kubernetes.resource(quota()).create();
        String job = hook("600d").replace("hook: PreSync", "sync-wave: \"-1\"");
        RolloutOutcome outcome = within(75, commit(manifest("b2", 1) + job), "b2");
        assertThat(outcome.verdict()).as(outcome.toString()).isEqualTo(Verdict.FAILED);
        assertThat(outcome.reasons().toString()).contains("Job migrate", "exceeded quota: one");
    }

    @Test
    void anAdmissionWebhookThatDoesNotAnswerIsNamed() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String webhook =
                    """
                    apiVersion: admissionregistration.k8s.io/v1
                    kind: ValidatingWebhookConfiguration
                    metadata: {name: %1$s}
                    webhooks:
                      - name: silent.example.org
                        admissionReviewVersions: [v1]
                        sideEffects: None
                        timeoutSeconds: 5
                        failurePolicy: Fail
                        clientConfig: {url: "https://127.0.0.1:%2$d/"}
                        namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %1$s}}
                        rules:
                          - {apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [deployments]}
                    """
                            .formatted(name, silent.getLocalPort());
            HasMetadata made = load(webhook).get(0);
            kubernetes.resource(made).create();
            try {
                RolloutOutcome outcome = within(90, release("b2", 2), "b2");
                assertThat(outcome.verdict()).as(outcome.toString()).isEqualTo(Verdict.FAILED);
                assertThat(outcome.reasons().toString()).contains("failed calling webhook");
            } finally {
                kubernetes.resource(made).delete();
            }
        }
    }

    @Test
    void whatIsTooLargeForTheServerFailsWithItsWords() throws Exception {
        String large =
                "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: large}\ndata:\n  all: " + "x".repeat(300_000);
        RolloutOutcome outcome = within(60, commit(manifest("b2", 1) + large + "\n"), "b2");
        assertThat(outcome.verdict()).as(outcome.toString()).isEqualTo(Verdict.FAILED);
        assertThat(outcome.reasons().toString()).contains("ConfigMap", "may not be more than");
        live("c3", 1);
    }

    @Test
    void ofTwoReleasesWithinASecondTheLaterIsLiveAndTheEarlierIsToldSo() throws Exception {
        RolloutTarget first = target(release("b2", 1), "b2", Duration.ofMinutes(10));
        RolloutTarget second = target(release("c3", 1), "c3", Duration.ofMinutes(10));
        RolloutOutcome earlier = ended(90, first);
        assertThat(earlier.verdict()).as(earlier.toString()).isIn(Verdict.SUPERSEDED, Verdict.LIVE);
        RolloutOutcome later = ended(90, second);
        assertThat(later.verdict()).as(later.toString()).isEqualTo(Verdict.LIVE);
    }
}
