package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.imaas.testing.LeastRights;
import io.imaas.testing.RealServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database's migrations on a real Argo CD and a real Kubernetes, from the sources to production. The kubelet's stand-in
 * lets the Jobs of one image end well and those of another fail: no database is there.
 */
@Tag("real")
class RealMigrationTest {
    private static final String GOOD = "docker.io/flyway/flyway@sha256:600d" + "0".repeat(60);
    private static final String BAD = "docker.io/flyway/flyway@sha256:fa11" + "0".repeat(60);
    private static final String V1 = "db/migration/V1__orders.sql";
    private static final String V2 = "db/migration/V2__status.sql";
    private static final String V3 = "db/migration/V3__index.sql";

    private static final String SETTINGS = "src/main/wso2mi/resources/conf/config.properties";

    @TempDir
    Path folder;

    private final String tenant = "mig" + Long.toString(System.nanoTime(), 36);
    private LeastRights rights;
    private RealSources service;
    private KubernetesClient cluster;

    @BeforeEach
    void begin() throws Exception {
        RealServer.variable("IMAAS_REAL_ARGOCD");
        cluster = RealServer.kubernetes();
        rights = new LeastRights(tenant, List.of("imaas-onboarding", "imaas-offboarding"));
        service = new RealSources(folder, tenant, rights.make(folder));
        service.platform("  manifests:\n    migrations: {flyway: [\"" + GOOD + "\", \"" + BAD + "\"]}\n");
        service.tenant("");
    }

    @AfterEach
    void end() throws IOException {
        if (service != null) {
            service.tenant("offboarding: {from: 2020-01-01, reason: the end of the test}");
            service.imaas.run("onboard", tenant);
            rights.close();
            service.close();
            cluster.close();
        }
    }

    @Test
    void scriptsRunOnceBeforeTheServiceInEachEnvironmentAndOneThatFailsStopsIt() throws Exception {
        service.imaas.done("onboard", tenant);
        service.push("dev", Map.of("imaas.yaml", settings(GOOD), V1, "create table orders (id int);\n"));
        assertThat(service.imaas.done(delivery())).contains("will run 1 new migration script: V1__orders.sql");
        Job first = job("dev");
        assertThat(Instant.parse(first.getStatus().getCompletionTime()))
                .isBeforeOrEqualTo(Instant.parse(deployment("dev").getMetadata().getCreationTimestamp()));

        service.push("dev", Map.of(SETTINGS, "order_backend_url:string\narchive_url:string\n# another release\n"));
        assertThat(service.imaas.done(delivery())).doesNotContain("new migration script");
        assertThat(job("dev").getMetadata().getUid())
                .isEqualTo(first.getMetadata().getUid());

        service.push("dev", Map.of(V2, "alter table orders add status int;\n"));
        assertThat(service.imaas.done(delivery())).contains("will run 1 new migration script: V2__status.sql");
        Job second = job("dev");
        assertThat(second.getMetadata().getUid())
                .isNotEqualTo(first.getMetadata().getUid());
        String runs = image("dev");

        service.push("dev", Map.of("imaas.yaml", settings(BAD), V3, "create index wrong;\n"));
        Instant begin = Instant.now();
        RealCommand.Said failed = service.imaas.run(delivery());
        assertThat(failed.exitCode()).as(failed.text()).isEqualTo(1);
        assertThat(failed.text()).contains("-migration-", "BackoffLimitExceeded");
        assertThat(Duration.between(begin, Instant.now())).as(failed.text()).isLessThan(Duration.ofSeconds(60));
        assertThat(image("dev")).as("the old release keeps running").isEqualTo(runs);

        service.push("dev", Map.of("imaas.yaml", settings(GOOD), V3, "create index status on orders (status);\n"));
        assertThat(service.imaas.done(delivery())).contains("V3__index.sql");
        assertThat(image("dev")).isNotEqualTo(runs);
        Job mended = job("dev");

        service.imaas.done("promote", "order-report", "dev", "test", "--timeout", "2m");
        service.imaas.done("promote", "order-report", "test", "prod", "--timeout", "3m");
        for (String environment : List.of("test", "prod")) {
            assertThat(job(environment).getStatus().getSucceeded()).isEqualTo(1);
            assertThat(image(environment)).isEqualTo(image("dev"));
        }

        String released = image("dev");
        String back = service.imaas.done("rollback", "order-report", "dev", "--reason", "slow", "--timeout", "2m");
        assertThat(back).contains("migration scripts are not undone", "V3__index.sql");
        assertThat(image("dev")).isNotEqualTo(released).isEqualTo(runs);
        assertThat(job("dev").getMetadata().getUid())
                .isEqualTo(mended.getMetadata().getUid());
    }

    private static String settings(String image) {
        return "migration: {tool: flyway, secret: orders-db, image: \"" + image + "\"}\n";
    }

    private static String[] delivery() {
        return new String[] {"deliver", "work", "--timeout", "3m"};
    }

    /** The newest one; the API server keeps whole seconds. */
    private Job job(String environment) {
        return cluster.batch().v1().jobs().inNamespace(tenant + "-" + environment).list().getItems().stream()
                .max(Comparator.comparing(job -> job.getMetadata().getCreationTimestamp()))
                .orElseThrow();
    }

    private Deployment deployment(String environment) {
        return cluster.apps()
                .deployments()
                .inNamespace(tenant + "-" + environment)
                .withName("order-report")
                .get();
    }

    private String image(String environment) {
        return deployment(environment)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getImage();
    }
}
