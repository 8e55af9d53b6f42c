package io.imaas.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.app.view.TenantView;
import io.imaas.catalog.CatalogReader;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.report.Matrix;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServicePageTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final String SCAN = " 1.0.0 in prod: known weaknesses since the scan of 2026-11-20T09:00:00Z: ";

    private final Tenant tenant = CatalogReader.read(
                    Map.of(
                            "platform.yaml",
                            "platform: acme\nregistries: [registry.example/imaas]\n",
                            "tenants/orders.yaml",
                            """
                    tenant: orders
                    owners: ['@acme/orders']
                    contact: a@b.example
                    gitops: https://git.example/orders.git
                    quota: {cpu: 8, memory: 16Gi, pods: 40}
                    environments: [{name: prod}]
                    services:
                      - {name: api, type: gateway, repository: 'https://git.example/api.git'}
                      - {name: api-v2, type: gateway, repository: 'https://git.example/api2.git'}
                    """))
            .orThrow()
            .tenants()
            .get(0);

    @Test
    void whatAScanFoundInWhatRunsIsToldOnItsServicesPageAlone() {
        Matrix matrix = new Matrix(List.of(new EnvironmentName("prod")), List.of(), List.of())
                .noting(List.of(found(0, "CVE-2026-7 (critical, zlib<script>)"), found(1, "CVE-2026-8 (high, curl)")));
        TenantView view = new TenantView(tenant, matrix, List.of(), List.of(), NOW, null);
        Offers offers = new Offers(Reader.nobody(), Map.of());

        assertThat(ServicePage.of(view, tenant.services().get(0), offers, NOW).html(Reader.nobody()))
                .contains("CVE-2026-7 (critical, zlib&lt;script&gt;)", "imaas history")
                .doesNotContain("CVE-2026-8", "zlib<script>");
        assertThat(ServicePage.of(view, tenant.services().get(1), offers, NOW).html(Reader.nobody()))
                .contains("CVE-2026-8 (high, curl)")
                .doesNotContain("CVE-2026-7");
    }

    private Matrix.Notice found(int service, String weakness) {
        return new Matrix.Notice(
                tenant.services().get(service).name(),
                tenant.services().get(service).name() + SCAN + weakness);
    }
}
