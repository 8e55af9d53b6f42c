package io.imaas.adapter.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.imaas.model.failure.FailureException;
import io.imaas.model.image.ImageRef;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.rollout.Migration;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.MigrationTool;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import io.imaas.port.ChartRenderer.Chart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the chart makes of a migration. */
class MiServiceMigrationTest {
    private static final ImageRef IMAGE = ImageRef.parse("docker.io/flyway/flyway@sha256:" + "f".repeat(64));
    private static final String POD = "spec template spec ";
    private static final String CONTAINER = POD + "containers 0 ";

    @Test
    void theJobComesAWaveBeforeTheServiceOnceAndWithoutAnyRight() {
        RenderedChart chart = chart("", migration("create table x (a int);\n"));

        assertThat(chart.kinds()).contains("Job", "Deployment");
        assertThat(chart.at("Job", "metadata annotations")).isEqualTo(Map.of("argocd.argoproj.io/sync-wave", "-1"));
        assertThat(chart.at("Job", "spec backoffLimit")).isEqualTo(0);
        assertThat(chart.at("Job", "spec activeDeadlineSeconds")).isEqualTo(540);
        assertThat(chart.at("Job", POD + "automountServiceAccountToken")).isEqualTo(false);
        assertThat(chart.at("Job", POD + "serviceAccountName")).isNull();
        assertThat(chart.at("Job", POD + "securityContext runAsNonRoot")).isEqualTo(true);
        assertThat(chart.at("Job", CONTAINER + "securityContext capabilities drop"))
                .isEqualTo(List.of("ALL"));
        assertThat(chart.at("Job", CONTAINER + "image")).isEqualTo(IMAGE.toString());
        assertThat(chart.at("Job", CONTAINER + "args")).isEqualTo(List.of("migrate"));
        assertThat(chart.env("Job", "spec template spec", "FLYWAY_PASSWORD"))
                .isEqualTo(Map.of("secretKeyRef", Map.of("name", "orders-db", "key", "password")));
    }

    @Test
    void theScriptsAreInAConfigMapAsTheyAreAndMountedWhereTheyWere() {
        String script = "-- {{ .Values.tenant }}\n\ncreate table x (\n  a int);\n";
        List<Manifest> manifests = chart("", migration(script)).manifests();

        Map<?, ?> scripts = manifests.stream()
                .filter(manifest ->
                        manifest.kind().equals("ConfigMap") && manifest.name().startsWith("order-api-migration-"))
                .map(manifest -> (Map<?, ?>) RenderedChart.parse(manifest))
                .findFirst()
                .orElseThrow();
        assertThat(scripts.get("data")).isEqualTo(Map.of("V1__x.sql", script, "views..R__all.sql", "select 1;\n"));
        assertThat(manifests.stream().map(Manifest::yaml)).anyMatch(yaml -> yaml.contains("\n    create table x (\n"));
        assertThat(new RenderedChart(manifests).at("Job", POD + "volumes 1 configMap items 1"))
                .isEqualTo(Map.of("key", "views..R__all.sql", "path", "views/R__all.sql"));
    }

    @Test
    void anotherReleaseIsTheSameJobAndAnotherScriptIsAnother() {
        Manifest job = job(chart("", migration("select 1;")));

        Manifest release = job(chart(
                "version: 2.0.0\nreplicas: 4\nconfig: {a: b}\nimage: {digest: \"sha256:" + "c".repeat(64) + "\"}\n",
                migration("select 1;")));

        assertThat(release).isEqualTo(job);
        assertThat(job(chart("", migration("select 2;"))).name())
                .isNotEqualTo(job.name())
                .startsWith("order-api-migration-");
    }

    @Test
    void noServiceNoBudgetAndNoAutoscalerCountsItsPodAndItHasItsOwnWayOut() {
        RenderedChart chart =
                chart("network: {egress: [{cidr: 10.1.0.0/16, ports: [5432]}]}\n", migration("select 1;"));

        Map<?, ?> labels = (Map<?, ?>) chart.at("Job", "spec template metadata labels");
        Map<?, ?> selector = (Map<?, ?>) chart.at("Service", "spec selector");
        assertThat(labels.entrySet().containsAll(selector.entrySet())).isFalse();
        List<Map<?, ?>> policies = chart.manifests().stream()
                .filter(manifest -> manifest.kind().equals("NetworkPolicy"))
                .<Map<?, ?>>map(manifest -> (Map<?, ?>) manifest.fields().get("spec"))
                .toList();
        assertThat(policies).hasSize(2);
        assertThat(policies.get(0).get("egress")).isEqualTo(policies.get(1).get("egress"));
        assertThat(policies).anySatisfy(policy -> {
            Map<?, ?> pods = (Map<?, ?>) ((Map<?, ?>) policy.get("podSelector")).get("matchLabels");
            assertThat(labels.entrySet().containsAll(pods.entrySet())).isTrue();
            assertThat(policy.get("ingress")).isEqualTo(List.of());
        });
    }

    @Test
    void noOtherFileAddsAScript() {
        RenderedChart chart =
                chart("migration: {secret: admin-db, scripts: {V9__evil.sql: drop table x}}\n", migration("select 1;"));

        assertThat(chart.manifests().stream().map(Manifest::yaml).toList().toString())
                .doesNotContain("evil")
                .doesNotContain("admin-db");
    }

    @Test
    void liquibaseGetsItsChangelog() {
        RenderedChart chart = chart(
                "",
                new Migration(
                        MigrationTool.LIQUIBASE,
                        IMAGE,
                        "orders-db",
                        new TreeMap<>(
                                Map.of("changelog.yaml", "databaseChangeLog: []", "changes/1.sql", "select 1;"))));

        assertThat(chart.env("Job", "spec template spec", "LIQUIBASE_COMMAND_CHANGELOG_FILE"))
                .isEqualTo("changelog.yaml");
        assertThat(chart.at("Job", CONTAINER + "args")).isEqualTo(List.of("update"));
    }

    @Test
    void aNameThatIsTooLongForAJobIsToldByTheChart() {
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> chart("a" + "b".repeat(42), "", migration("select 1;")))
                .withMessageContaining("at most 42 characters");
    }

    /** The gate tells by these words that a newer chart is missing. */
    @Test
    void aChartOfBeforeSaysThatItDoesNotKnowTheKey(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("Chart.yaml"), "apiVersion: v2\nname: before\nversion: 1.0.0\n");
        Files.writeString(
                folder.resolve("values.schema.json"),
                """
                {"type": "object", "additionalProperties": false,
                 "properties": {"tenant": {}, "service": {}, "environment": {}, "global": {}}}
                """);

        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> chart(
                        folder.toString(),
                        "order-api",
                        Arrays.asList(null, null, null, migration("select 1;").text())))
                .withMessageContaining("'migration'");
    }

    private static Migration migration(String script) {
        return new Migration(
                MigrationTool.FLYWAY,
                IMAGE,
                "orders-db",
                new TreeMap<>(Map.of("V1__x.sql", script, "views/R__all.sql", "select 1;")));
    }

    private static Manifest job(RenderedChart chart) {
        return chart.manifests().stream()
                .filter(manifest -> manifest.kind().equals("Job"))
                .findFirst()
                .orElseThrow();
    }

    private static RenderedChart chart(String own, Migration migration) {
        return chart("order-api", own, migration);
    }

    private static RenderedChart chart(String service, String own, Migration migration) {
        return chart(RenderedChart.FOLDER, service, Arrays.asList(null, RenderedChart.BASE, own, migration.text()));
    }

    private static RenderedChart chart(String folder, String service, List<String> files) {
        return new RenderedChart(new HelmRenderer()
                .render(Chart.of(
                        folder,
                        new TenantName("orders"),
                        new ServiceName(service),
                        new EnvironmentName("test"),
                        false,
                        files)));
    }
}
