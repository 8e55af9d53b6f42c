package io.imaas.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.catalog.CatalogReader;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.report.AuditRow;
import io.imaas.report.PeriodReport;
import io.imaas.report.PeriodReport.Change;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AuditPageTest {
    private final Tenant tenant = CatalogReader.read(
                    Map.of(
                            "platform.yaml",
                            "platform: acme\nregistries: [registry.example/imaas]\n",
                            "tenants/orders.yaml",
                            """
                    tenant: orders
                    owners: ['@acme/leads']
                    contact: a@b.example
                    gitops: https://git.example/orders-gitops.git
                    quota: {cpu: 8, memory: 16Gi, pods: 40}
                    environments: [{name: dev}, {name: prod}]
                    """))
            .orThrow()
            .tenants()
            .get(0);

    private static Change change(int number) {
        AuditRow row = new AuditRow(
                "2026-11-%02dT10:00:00Z".formatted(number % 28 + 1),
                number % 2 == 0 ? "dev" : "prod",
                "1.4." + number,
                "1.5." + number,
                "sha256:" + "a".repeat(64),
                "@ann",
                "Promote order-api 1.5.0",
                "because <b>customers</b> wait for it since monday",
                "",
                "",
                "",
                "",
                Map.of("approval", "@bob said yes", "order", "it is healthy in dev"),
                "ci/orders/order-api/main #" + number,
                "c".repeat(40));
        return new Change(
                number % 3 == 0 ? "order-report" : "order-api",
                row,
                number == 7 ? List.of("@ann asked for it and agreed to it") : List.of(),
                List.of("@bob as @acme/security at 2026-11-20T10:00:00Z by oidc"),
                "b".repeat(64),
                "d".repeat(40),
                "healthy since 2026-11-20");
    }

    private final PeriodReport report = new PeriodReport(
            new TenantName("orders"),
            Instant.parse("2026-11-01T00:00:00Z"),
            Instant.parse("2026-12-01T00:00:00Z"),
            IntStream.range(0, 120).mapToObj(AuditPageTest::change).toList(),
            List.of());

    private String page(String words) {
        return AuditPage.of(tenant, report, 30, words).html(Reader.nobody());
    }

    @Test
    void allChangesAreOneTableWithWhatBrokeTheRulesFirst() {
        String page = page("");
        assertThat(page.split("<table", -1)).hasSize(2);
        assertThat(page.split("<tr>", -1)).hasSize(52);
        assertThat(page)
                .contains("120 changes, 1 against", "70 more changes are in the file", "&lt;b&gt;customers")
                .doesNotContain("<b>customers");
        assertThat(page.indexOf("chip failed\">violation")).isPositive().isLessThan(page.indexOf("1.5.8"));
    }

    @Test
    void violationsThatAreNotShownAreCounted() {
        PeriodReport many = new PeriodReport(
                report.tenant(),
                report.since(),
                report.until(),
                IntStream.range(0, 60).mapToObj(i -> change(7)).toList(),
                List.of());
        assertThat(AuditPage.of(tenant, many, 30, "").html(Reader.nobody()))
                .contains("60 changes, 60 against", "10 more changes against it are in the file");
    }

    @Test
    void aWordOfAServiceAnEnvironmentOrAPersonIsEnough() {
        assertThat(page("order-report PROD"))
                .contains(
                        "value=\"order-report PROD\"", "name=\"days\" value=\"30\"", "days=7&amp;q=order-report+PROD\"")
                .contains("1.5.9")
                .doesNotContain("1.5.8<", "data-label=\"In\">dev");
        assertThat(page("nobody-has-this")).contains("Changes</h2><p class=\"note\">none", "120 changes");
    }
}
