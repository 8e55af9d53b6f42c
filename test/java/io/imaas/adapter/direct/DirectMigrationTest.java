package io.imaas.adapter.direct;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.helm.BundledChart;
import io.imaas.adapter.helm.HelmRenderer;
import io.imaas.model.image.ImageRef;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.Migration;
import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.tenancy.MigrationTool;
import io.imaas.port.Cluster;
import io.imaas.testing.Yaml;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Without Argo CD the migration comes before the service as well. */
class DirectMigrationTest extends DirectScene {
    private static final String WORDS =
            "Migrating schema to version 1\nERROR: Migration of V1__a.sql failed\nsyntax error at or near \"tabel\"\n";

    /** The pods of the Job, which the local cluster does not have. */
    private List<Manifest> pods = List.of();

    private List<Manifest> events = List.of();

    @Test
    void theServiceIsChangedOnlyWhenTheJobIsComplete() {
        RolloutTarget target = migrating("a", "select 1;");
        String job = job(target);
        faults.script("orders-test/" + job, "slow: many rows");

        assertThat(waitingFor(target)).isEqualTo("the migration to end, Job " + job);
        assertThat(waitingFor(target)).isEqualTo("the migration to end, Job " + job);
        assertThat(cluster.get("apps/v1", "Deployment", "orders-test", "order-api"))
                .isEmpty();

        faults.fix("orders-test/" + job);
        deployments.close();
        deployments = restarted();
        assertThat(verdict(target)).isEqualTo(Verdict.LIVE);
        assertThat(image()).endsWith(digest("a").value());
    }

    @Test
    void theNextReleaseWithTheSameScriptsRunsNothingAndWithOthersTheOldJobGoes() {
        RolloutTarget first = migrating("a", "select 1;");
        assertThat(verdict(first)).isEqualTo(Verdict.LIVE);
        String job = job(first);

        RolloutTarget second = migrating("b", "select 1;");
        assertThat(verdict(second)).isEqualTo(Verdict.LIVE);
        assertThat(job(second)).isEqualTo(job);
        assertThat(journal().lines().filter(line -> line.endsWith(" Job orders-test/" + job)))
                .hasSize(1);

        RolloutTarget third = migrating("c", "select 2;");
        assertThat(verdict(third)).isEqualTo(Verdict.LIVE);
        assertThat(job(third)).isNotEqualTo(job);
        assertThat(cluster.get("batch/v1", "Job", "orders-test", job)).isEmpty();
    }

    @Test
    void aJobThatFailsEndsTheRolloutAtOnceWithItsLastWordsAndTheServiceStays() {
        assertThat(verdict(migrating("a", "select 1;"))).isEqualTo(Verdict.LIVE);
        RolloutTarget target = migrating("b", "create tabel x;");
        String job = job(target);
        faults.script("orders-test/" + job, "BackoffLimitExceeded");
        pods = List.of(pod(
                job,
                "Failed",
                "terminated: {exitCode: 1, reason: Error, message: '" + WORDS.replace("\n", "\n\n          ") + "'}"));

        RolloutOutcome outcome = ended(target);

        assertThat(outcome.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(outcome.reasons().get(0))
                .startsWith("the migration failed, and the service is as it was: Job " + job);
        assertThat(outcome.reasons())
                .contains("  ERROR: Migration of V1__a.sql failed", "  syntax error at or near \"tabel\"")
                .last()
                .asString()
                .contains("kubectl -n orders-test delete job " + job);
        assertThat(image()).endsWith(digest("a").value());
    }

    @Test
    void aJobWhosePodDoesNotStartEndsTheRolloutWithinAMinuteAndOneThatFailedMayBeTriedAgain() {
        RolloutTarget target = migrating("b", "select 1;");
        String job = job(target);
        faults.script("orders-test/" + job, "slow: many rows");
        pods = List.of(pod(job, "Failed", "terminated: {exitCode: 1, reason: Error}"));
        assertThat(waitingFor(target)).isEqualTo("the migration to end, Job " + job);
        clock.pause(Duration.ofMinutes(2));
        assertThat(waitingFor(target)).isEqualTo("the migration to end, Job " + job);

        pods = List.of(pod(job, "Pending", "waiting: {reason: ImagePullBackOff, message: manifest unknown}"));
        assertThat(waitingFor(target)).isEqualTo("the migration to end, Job " + job);
        clock.pause(Duration.ofSeconds(50));

        RolloutOutcome outcome = ended(target);
        assertThat(outcome.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(outcome.reasons().toString()).contains(job, "ImagePullBackOff: manifest unknown");
    }

    @Test
    void aJobWhosePodsAQuotaRefusesEndsTheRolloutWithinAMinuteWithTheServersWords() {
        RolloutTarget target = migrating("b", "select 1;");
        String job = job(target);
        faults.script("orders-test/" + job, "slow: many rows");
        String words = "Error creating: pods \"" + job + "-x\" is forbidden: exceeded quota: one";
        events = List.of(new Manifest(
                "v1", "Event", "orders-test", job + ".1", "", Map.of("reason", "FailedCreate", "message", words)));
        assertThat(waitingFor(target)).isEqualTo("the migration to end, Job " + job);
        clock.pause(Duration.ofSeconds(35));

        RolloutOutcome outcome = ended(target);
        assertThat(outcome.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(outcome.reasons())
                .startsWith("the migration does not begin: Job " + job, "the cluster refuses its pods: " + words);
    }

    private RolloutTarget migrating(String digit, String script) {
        commit(
                GitOpsPaths.migration(SERVICE),
                new Migration(
                                MigrationTool.FLYWAY,
                                ImageRef.parse("docker.io/flyway/flyway@" + digest("f")),
                                "orders-db",
                                new TreeMap<>(Map.of("V1__a.sql", script)))
                        .text());
        return reviewed(digit, "");
    }

    private String job(RolloutTarget target) {
        return new HelmRenderer()
                        .read(
                                new String(
                                        git.at(url)
                                                .read(target.rendered(), GitOpsPaths.manifests(SERVICE))
                                                .orElseThrow(),
                                        java.nio.charset.StandardCharsets.UTF_8),
                                "orders-test")
                        .stream()
                        .filter(manifest -> manifest.kind().equals("Job"))
                        .map(Manifest::name)
                        .findFirst()
                        .orElseThrow();
    }

    private static Manifest pod(String job, String phase, String state) {
        String yaml =
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: %s-x, namespace: orders-test}
                status:
                  phase: %s
                  containerStatuses:
                    - name: flyway
                      state: {%s}
                """
                        .formatted(job, phase, state);
        return new Manifest("v1", "Pod", "orders-test", job + "-x", yaml, Yaml.map(yaml));
    }

    @Override
    DirectDeployments restarted() {
        Cluster withPods = (Cluster) Proxy.newProxyInstance(
                Cluster.class.getClassLoader(), new Class<?>[] {Cluster.class}, (proxy, method, given) -> {
                    if (method.getName().equals("list") && "job-name".equals(given[3])) {
                        return pods;
                    }
                    if (method.getName().equals("list") && "Event".equals(given[1])) {
                        return events;
                    }
                    try {
                        return method.invoke(cluster, given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return new DirectDeployments(
                new HelmRenderer(),
                withPods,
                git::at,
                BundledChart.unpack(temp.resolve("chart")),
                target -> said,
                clock,
                Duration.ofMillis(50));
    }
}
