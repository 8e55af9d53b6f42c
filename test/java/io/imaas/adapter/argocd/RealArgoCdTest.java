package io.imaas.adapter.argocd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.imaas.adapter.argocd.api.ArgoCdApi.ProjectRequest;
import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.Window;
import io.imaas.model.tenancy.Windows;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Verdicts on a real Argo CD. */
@Tag("real")
class RealArgoCdTest extends RealArgoCdScene {
    @Test
    void aCrashLoopAndAnImageThatCannotBePulledAreDegradedWithinAMinute() throws Exception {
        RolloutOutcome crash = within(75, release("c4a5", 1), "c4a5");
        assertThat(crash.verdict()).as(crash.toString()).isEqualTo(Verdict.DEGRADED);
        assertThat(crash.reasons().get(0)).contains("Pod");
        RolloutOutcome pull = within(75, release("dead", 1), "dead");
        assertThat(pull.verdict()).as(pull.toString()).isEqualTo(Verdict.DEGRADED);
        assertThat(pull.reasons().get(0)).contains("Pod");
        live("b2", 1);
    }

    @Test
    void podsThatAQuotaRefusesFailWithTheServersWords() throws Exception {
        kubernetes.resource(quota()).create();
        RolloutOutcome outcome = within(75, release("b2", 1), "b2");
        assertThat(outcome.verdict()).as(outcome.toString()).isEqualTo(Verdict.FAILED);
        assertThat(outcome.reasons().get(0)).contains("exceeded quota: one");
    }

    @Test
    void whatCannotBeRenderedOrAppliedFailsWithinAMinuteAndItsCorrectionIsLiveAtOnce() throws Exception {
        RolloutOutcome rendering = within(60, commit(manifest("b2", 1) + "  broken: [\n"), "b2");
        assertThat(rendering.verdict()).as(rendering.toString()).isEqualTo(Verdict.FAILED);
        assertThat(rendering.reasons().toString()).contains("ComparisonError");
        RolloutOutcome applying = within(60, commit(manifest("b2", 1).replace("replicas: 1", "replicas: -1")), "b2");
        assertThat(applying.verdict()).as(applying.toString()).isEqualTo(Verdict.FAILED);
        assertThat(applying.reasons().toString()).contains("must be greater than or equal to 0");
        Instant begin = Instant.now();
        live("c3", 1);
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(40));
    }

    @Test
    void whatAPersonPausedOrPinnedIsToldAndNotUndone() throws Exception {
        CommitId old = git.at(url).head(BRANCH).orElseThrow();
        change(spec -> spec.withObject("/syncPolicy").remove("automated"));
        RolloutOutcome paused = within(30, release("b2", 1), "b2");
        assertThat(paused.verdict()).as(paused.toString()).isEqualTo(Verdict.REFUSED);
        change(spec -> {
            spec.withObject("/syncPolicy")
                    .putObject("automated")
                    .put("prune", true)
                    .put("selfHeal", true);
            spec.withObject("/source").put("targetRevision", old.value());
        });
        RolloutOutcome pinned = within(30, release("c3", 1), "c3");
        assertThat(pinned.verdict()).as(pinned.toString()).isEqualTo(Verdict.REFUSED);
        assertThat(pinned.reasons().get(0)).contains("pinned");
        assertThat(kubernetes
                        .apps()
                        .deployments()
                        .inNamespace(name)
                        .withName("order-api")
                        .get()
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getImage())
                .endsWith(digest("a1").value());
    }

    @Test
    void aTimeoutIsKeptToTheSecondAndNamesWhatWasWaitedFor() throws Exception {
        Instant begin = Instant.now();
        RolloutOutcome none = ended(40, target(release("b2", 0), "b2", Duration.ofSeconds(20)));
        assertThat(none.verdict()).as(none.toString()).isEqualTo(Verdict.TIMED_OUT);
        assertThat(none.reasons().get(0)).contains("scaled to 0");
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(22));
        begin = Instant.now();
        RolloutOutcome never = ended(40, target(release("0e4e", 1), "0e4e", Duration.ofSeconds(20)));
        assertThat(never.verdict()).as(never.toString()).isEqualTo(Verdict.TIMED_OUT);
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(22));
    }

    @Test
    void whatAnAdmissionPolicyRefusesFailsWithItsWords() throws Exception {
        String policy =
                """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: %1$s}
                spec:
                  failurePolicy: Fail
                  matchConstraints:
                    resourceRules:
                      - {apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [deployments]}
                  validations:
                    - {expression: object.spec.replicas < 5, message: at most four pods here}
                ---
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: {name: %1$s}
                spec:
                  policyName: %1$s
                  validationActions: [Deny]
                  matchResources: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %1$s}}}
                """
                        .formatted(name);
        var objects = load(policy);
        objects.forEach(object -> kubernetes.resource(object).create());
        try {
            // The server takes a policy up some seconds later.
            await(() -> refusesFivePods());
            RolloutOutcome outcome = within(60, release("b2", 5), "b2");
            assertThat(outcome.verdict()).as(outcome.toString()).isEqualTo(Verdict.FAILED);
            assertThat(outcome.reasons().toString()).contains("at most four pods here");
        } finally {
            objects.forEach(object -> kubernetes.resource(object).delete());
        }
    }

    private boolean refusesFivePods() {
        try {
            kubernetes
                    .apps()
                    .deployments()
                    .inNamespace(name)
                    .withName("order-api")
                    .dryRun()
                    .edit(found ->
                            found.edit().editSpec().withReplicas(5).endSpec().build());
            return false;
        } catch (KubernetesClientException refused) {
            return true;
        }
    }

    @Test
    void aHookThatFailsEndsTheRolloutWithItsName() throws Exception {
        RolloutOutcome outcome = within(60, commit(manifest("b2", 1) + hook("fa11")), "b2");
        assertThat(outcome.verdict()).as(outcome.toString()).isEqualTo(Verdict.FAILED);
        assertThat(outcome.reasons().toString()).contains("migrate");
        live("c3", 1);
    }

    @Test
    void aKindThatTheProjectForbidsFailsWithArgoCdsWords() throws Exception {
        ObjectNode own = argo.mapper().createObjectNode();
        own.putObject("metadata").put("name", name);
        ObjectNode spec = own.putObject("spec");
        spec.putArray("sourceRepos").add(url.value());
        spec.putArray("destinations").addObject().put("server", "*").put("namespace", name);
        spec.putArray("namespaceResourceWhitelist")
                .addObject()
                .put("group", "apps")
                .put("kind", "Deployment");
        argo.once("project", argo.api().createProject(new ProjectRequest(own, false)));
        change(application -> application.put("project", name));
        project = name;
        String forbidden = "---\napiVersion: v1\nkind: Secret\nmetadata: {name: token}\n";
        RolloutOutcome outcome = within(60, commit(manifest("b2", 1) + forbidden), "b2");
        assertThat(outcome.verdict()).as(outcome.toString()).isEqualTo(Verdict.FAILED);
        assertThat(outcome.reasons().toString()).contains("Secret").contains("not permitted in project");
        live("c3", 1);
    }

    @Test
    void whatLandsOutsideThePlatformsOwnWindowsIsSyncedByRequestAndOutsideOthersIsNot() throws Exception {
        ObjectNode own = argo.mapper().createObjectNode();
        ObjectNode metadata = own.putObject("metadata").put("name", name);
        metadata.putObject("labels").put(Desired.WINDOWS, "synced");
        ObjectNode spec = own.putObject("spec");
        spec.putArray("sourceRepos").add(url.value());
        spec.putArray("destinations").addObject().put("server", "*").put("namespace", name);
        DayOfWeek today = LocalDate.now(ZoneOffset.UTC).getDayOfWeek();
        Window other = new Window(Set.of(today.plus(3)), 0, 24 * 60, ZoneId.of("Pacific/Auckland"), "");
        WindowSpecs.write(
                new Windows(List.of(new Windows.Rule(List.of(other), List.of())), true),
                name,
                spec.putArray("syncWindows"));
        argo.once("project", argo.api().createProject(new ProjectRequest(own, false)));
        change(application -> application.put("project", name));
        project = name;
        live("b2", 1);

        ObjectNode now = (ObjectNode) argo.retry("read", () -> argo.api().project(name));
        assertThat(now.at("/spec/syncWindows")).isEqualTo(spec.get("syncWindows"));
        now.withObject("/metadata/labels").remove(Desired.WINDOWS);
        argo.once("project", argo.api().updateProject(name, new ProjectRequest(now, null)));
        RolloutOutcome outcome = within(60, release("c3", 1), "c3");
        assertThat(outcome.verdict()).as(outcome.toString()).isEqualTo(Verdict.REFUSED);
        assertThat(outcome.reasons().toString()).contains("allow from '0 0 * * ");
    }
}
