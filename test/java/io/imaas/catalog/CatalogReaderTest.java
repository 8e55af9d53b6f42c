package io.imaas.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Problem;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Platform.NoTests;
import io.imaas.model.tenancy.Service.ServiceType;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogReaderTest {
    private static final EnvironmentName PROD = new EnvironmentName("prod");

    @Test
    void theDesignsExampleIsRead() {
        Catalog catalog = CatalogReader.read(new Acme().files()).orThrow();

        assertThat(catalog.platform().zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(catalog.platform().noTests()).isEqualTo(NoTests.WARN);
        assertThat(catalog.platform().overrides().by()).containsExactly("@acme/platform-admins", "@jane");
        Tenant orders = catalog.tenant(new TenantName("orders")).orElseThrow();
        assertThat(orders.owners()).containsExactly("@acme/orders-leads");
        assertThat(orders.quota().memory()).isEqualTo("16Gi");
        assertThat(orders.allowFrom()).containsExactly(new TenantName("payments"));
        var prod = orders.environment(PROD).orElseThrow();
        assertThat(prod.soak()).isEqualTo(Duration.ofHours(2));
        assertThat(prod.freezes().get(0).covers(LocalDate.of(2027, 1, 3))).isTrue();
        assertThat(prod.autoRollback()).isTrue();
        var sync = orders.service(new ServiceName("order-sync")).orElseThrow();
        assertThat(sync.type()).isEqualTo(ServiceType.WORKER);
        assertThat(sync.environments()).containsExactly(new EnvironmentName("dev"), PROD);
        assertThat(catalog.imagesOf(orders, sync)).hasToString("registry.example.org/imaas/orders/order-sync");
    }

    @Test
    void whatATenantLeavesOutComesFromThePlatform() {
        Catalog catalog = CatalogReader.read(new Acme().files()).orThrow();

        Tenant payments = catalog.tenant(new TenantName("payments")).orElseThrow();
        assertThat(payments.displayName()).isEqualTo("payments");
        assertThat(payments.quota().pods()).isEqualTo(20);
        assertThat(payments.services()).isEmpty();
        assertThat(payments.environments()).extracting(e -> e.name().value()).containsExactly("dev", "test", "prod");
        assertThat(payments.environments()).extracting(e -> e.replicas()).containsExactly(2, 2, 3);
        assertThat(payments.environments())
                .extracting(e -> e.soak())
                .containsExactly(Duration.ZERO, Duration.ofMinutes(30), Duration.ofMinutes(30));
    }

    @Test
    void theSmallestPlatformHasSensibleDefaults() {
        Catalog catalog = CatalogReader.read(
                        Map.of(Acme.PLATFORM, "platform: tiny\nregistries: [localhost:5000/imaas]\n"))
                .orThrow();

        assertThat(catalog.tenants()).isEmpty();
        assertThat(catalog.platform().baseImage()).isEmpty();
        assertThat(catalog.platform().zone().getId()).isEqualTo("Z");
        assertThat(catalog.platform().projectMavenWrapper()).isFalse();
    }

    @Test
    void anchorsAliasesAndMergeKeysAreResolved() {
        Acme acme = new Acme()
                .edit(Acme.ORDERS, "  - name: dev\n", "  - &usual\n    name: dev\n    replicas: 4\n    soak: 0s\n")
                .edit(Acme.ORDERS, "  - name: test\n", "  - <<: *usual\n    name: test\n    soak: 5m\n");

        Tenant orders = CatalogReader.read(acme.files()).orThrow().tenants().get(0);
        assertThat(orders.environments().get(1).replicas()).isEqualTo(4);
        assertThat(orders.environments().get(1).soak()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void byteOrderMarkAndWindowsLineEndsAreNoProblem() {
        Acme acme = new Acme();
        acme.with(Acme.ORDERS, "\uFEFF" + acme.files().get(Acme.ORDERS).replace("\n", "\r\n"));

        assertThat(CatalogReader.read(acme.files()).problems()).isEmpty();
    }

    @Test
    void linesAreRightWithWindowsLineEnds() {
        Acme acme = new Acme().edit(Acme.ORDERS, "type: worker", "type: wrker");
        acme.with(Acme.ORDERS, acme.files().get(Acme.ORDERS).replace("\n", "\r\n"));

        assertThat(CatalogReader.read(acme.files()).problems().get(0).where()).hasToString("tenants/orders.yaml:25:11");
    }

    @Test
    void problemsOfAllFilesAreToldTogetherAndSorted() {
        Acme acme = new Acme()
                .edit(Acme.PLATFORM, "noTests: warn", "noTests: never")
                .edit(Acme.ORDERS, "type: gateway", "type: gatway")
                .edit(Acme.ORDERS, "contact:", "contakt:")
                .edit(Acme.PAYMENTS, "gitops:", "git:");

        List<Problem> problems = CatalogReader.read(acme.files()).problems();
        assertThat(problems)
                .extracting(p -> p.where().file() + " " + p.rule())
                .containsExactly(
                        "platform.yaml unknown-word",
                        "tenants/orders.yaml missing-key",
                        "tenants/orders.yaml unknown-key",
                        "tenants/orders.yaml unknown-word",
                        "tenants/payments.yaml missing-key",
                        "tenants/payments.yaml unknown-key");
        assertThat(problems).isSortedAccordingTo((a, b) -> a.where().compareTo(b.where()));
        assertThat(problems).allMatch(p -> p.where().line() > 0 && p.where().column() > 0);
    }

    @Test
    void warningsAloneDoNotRefuseTheCatalog() {
        Acme acme = new Acme().edit(Acme.ORDERS, "pods: 40", "pods: 06");

        Read<Catalog> read = CatalogReader.read(acme.files());
        assertThat(read).isInstanceOf(Read.Ok.class);
        assertThat(read.problems()).extracting(Problem::rule).containsExactlyInAnyOrder("leading-zero", "quota-tight");
    }

    @Test
    void theOrderOfTheFilesChangesNothing() {
        Acme acme = new Acme()
                .edit(Acme.PAYMENTS, "git@github.com:acme/imaas-payments.git", "https://GitHub.com/acme/IMaaS-orders/");
        Map<String, String> backwards = new LinkedHashMap<>();
        for (String path : List.of(Acme.PAYMENTS, Acme.PLATFORM, Acme.ORDERS)) {
            backwards.put(path, acme.files().get(path));
        }

        assertThat(CatalogReader.read(backwards)).isEqualTo(CatalogReader.read(acme.files()));
    }

    @Test
    void otherFilesOfTheRepositoryAreLeftAlone() {
        Acme acme = new Acme()
                .with("README.md", "\t{{{")
                .with(".github/workflows/ci.yaml", "a: [")
                .with("x.yaml", "\0");

        assertThat(CatalogReader.read(acme.files()).problems()).isEmpty();
    }

    @Test
    void aBadReadThrowsInputWithEveryProblem() {
        Read<Catalog> read = CatalogReader.read(new Acme()
                .edit(Acme.ORDERS, "type: gateway", "type: gatway")
                .edit(Acme.ORDERS, "type: worker", "type: wrker")
                .files());

        assertThatThrownBy(read::orThrow)
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("tenants/orders.yaml:22:11")
                .hasMessageContaining("tenants/orders.yaml:25:11")
                .satisfies(
                        e -> assertThat(((FailureException) e).failure().kind()).isEqualTo(FailureKind.INPUT));
    }

    @Test
    void aBrokenNeighbourIsStillAKnownTenant() {
        Acme acme = new Acme().with(Acme.PAYMENTS, "tenant: [");

        assertThat(CatalogReader.read(acme.files()).problems())
                .extracting(Problem::rule)
                .containsExactly("yaml-syntax");
    }

    /** Processor time, since a busy machine is not a slow reader; test/bench shows the wall clock. */
    @Test
    void fiveHundredTenantsAreReadInAMoment() {
        Map<String, String> files = Crowd.of(500);
        ThreadMXBean thread = ManagementFactory.getThreadMXBean();
        long start = thread.getCurrentThreadCpuTime();
        Read<Catalog> read = CatalogReader.read(files);

        assertThat(read.orThrow().tenants()).hasSize(500);
        assertThat(Duration.ofNanos(thread.getCurrentThreadCpuTime() - start)).isLessThan(Duration.ofSeconds(20));
    }
}
