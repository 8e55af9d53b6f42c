package io.imaas.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.app.view.Faults;
import io.imaas.app.view.TenantView;
import io.imaas.catalog.CatalogReader;
import io.imaas.model.image.Digest;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.report.Deployment;
import io.imaas.report.InboxItem;
import io.imaas.report.Matrix;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OverviewPageTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final EnvironmentName PROD = new EnvironmentName("prod");
    private static final int TENANTS = 2_000;

    private static final Faults NONE = new Faults(Optional.empty(), List.of());

    private static List<TenantView> views;

    @BeforeAll
    static void manyTenants() {
        Map<String, String> files = new HashMap<>();
        files.put("platform.yaml", "platform: acme\nregistries: [registry.example/imaas]\n");
        for (int i = 0; i < TENANTS; i++) {
            StringBuilder text = new StringBuilder("tenant: t" + i + "\nowners: ['@acme/t" + i
                    + "']\ncontact: a@b.example\n"
                    + "gitops: https://git.example/t" + i + "-gitops.git\nquota: {cpu: 8, memory: 16Gi, pods: 40}\n"
                    + "environments: [{name: dev}, {name: test}, {name: prod}]\nservices:\n");
            for (int s = 0; s < 3; s++) {
                text.append("  - {name: s" + s + "-of-t" + i + ", type: gateway, repository: 'https://git.example/t" + i
                        + "-s" + s + ".git'}\n");
            }
            files.put("tenants/t" + i + ".yaml", text.toString());
        }
        views = CatalogReader.read(files).orThrow().tenants().stream()
                .map(OverviewPageTest::view)
                .toList();
    }

    private static TenantView view(Tenant tenant) {
        List<InboxItem> items = new ArrayList<>();
        List<Deployment> deployments = new ArrayList<>();
        boolean failing = tenant.name().value().equals("t1777");
        for (Service service : tenant.services()) {
            items.add(new InboxItem(
                    tenant.name(),
                    service.name(),
                    PROD,
                    failing ? InboxItem.Kind.FAILING : InboxItem.Kind.APPROVAL,
                    "1.0.0 waits",
                    NOW.minus(Duration.ofHours(3)),
                    tenant.owners(),
                    "imaas approve " + service.name() + " prod"));
            for (int i = 0; i < 30; i++) {
                deployments.add(new Deployment(
                        service.name(),
                        PROD,
                        new Digest("sha256:" + "a".repeat(64)),
                        Deployment.Kind.PROMOTED,
                        NOW.minus(Duration.ofDays(i)),
                        "@ann",
                        "Promote",
                        new CommitId("b".repeat(40))));
            }
        }
        Matrix matrix = new Matrix(List.of(PROD), List.of(), List.of());
        return new TenantView(tenant, matrix, items, deployments, NOW.minusSeconds(60), null);
    }

    private static Shown shown(String filter, int page) {
        return new Shown(
                views,
                views.stream().flatMap(view -> view.inbox().stream()).toList(),
                new Offers(Reader.nobody(), Map.of()),
                filter,
                page,
                NOW);
    }

    @Test
    void whatFailsStandsFirst() {
        String page = OverviewPage.of(shown("", 0), NONE).html(Reader.nobody());
        assertThat(page.indexOf("/tenants/t1777\"")).isPositive().isLessThan(page.indexOf("/tenants/t0\""));
        assertThat(page).contains("2000 tenants", "3 failing", "5997 approval", "Page 1 of 40");
    }

    @Test
    void theServerFiltersAndPages() {
        assertThat(OverviewPage.of(shown("s2-of-t42", 0), NONE).html(Reader.nobody()))
                .contains("/tenants/t42\"", "/tenants/t421\"")
                .contains("11 tenants");
        assertThat(OverviewPage.of(shown("no such", 0), NONE).html(Reader.nobody()))
                .contains("0 tenants", "Nothing.");
        assertThat(OverviewPage.of(shown("", 39), NONE).html(Reader.nobody()))
                .contains("Page 40 of 40")
                .doesNotContain(">Next<");
        assertThat(OverviewPage.of(shown("", 900), NONE).html(Reader.nobody())).contains("2000 tenants");
    }

    /** Each choice keeps the other one. */
    @Test
    void whoFiltersMayChooseAndWhoHasChosenMayFilter() {
        assertThat(InboxPage.of(shown("s2-of t42", 0), "approval").html(Reader.nobody()))
                .contains("/inbox?kind=failing&amp;q=s2-of+t42\"", "name=\"kind\" value=\"approval\"");
        assertThat(DoraPage.of(shown("t42", 0), 7).html(Reader.nobody()))
                .contains("/dora?days=90&amp;q=t42\"", "name=\"days\" value=\"7\"");
    }

    @Test
    void theServicesOfATenantAreFoundByNameVersionAndState() {
        List<Matrix.Row> rows = IntStream.range(0, 60)
                .mapToObj(i -> new Matrix.Row(
                        new ServiceName("api-" + i),
                        List.of(new Matrix.Cell(
                                "1.0." + i,
                                "sha256:" + "a".repeat(64),
                                i == 7 ? "degraded" : "healthy",
                                "",
                                "",
                                "",
                                false,
                                List.of()))))
                .toList();
        TenantView view = views.get(0);
        TenantView many = new TenantView(
                view.tenant(), new Matrix(List.of(PROD), rows, List.of()), List.of(), List.of(), NOW, null);
        String found = TenantPage.of(many, shown("Degraded 1.0.7", 0)).html(Reader.nobody());
        assertThat(found).contains("/services/api-7\"").doesNotContain("/services/api-8\"");
    }

    /** Processor time, since a busy machine is not a slow page; warm and on a quiet machine a page takes 20 to 40 ms. */
    @Test
    void twoThousandTenantsAreShownAtOnce() {
        ThreadMXBean thread = ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 8; i++) {
            long begun = thread.getCurrentThreadCpuTime();
            OverviewPage.of(shown("", i), NONE).html(Reader.nobody());
            InboxPage.of(shown("", i), "").html(Reader.nobody());
            DoraPage.of(shown("", i), 30).html(Reader.nobody());
            least = Math.min(least, thread.getCurrentThreadCpuTime() - begun);
        }
        System.out.printf("three pages of %d tenants: %.1f ms of processor time%n", TENANTS, least / 1e6);
        assertThat(Duration.ofNanos(least)).isLessThan(Duration.ofSeconds(1));
    }
}
