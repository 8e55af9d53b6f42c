package io.imaas.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.harbor.FakeHarbor;
import io.imaas.catalog.CatalogReader;
import io.imaas.catalog.Read;
import io.imaas.model.identity.Secret;
import io.imaas.model.tenancy.Catalog;
import io.imaas.testing.ManualClock;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HarborCheckTest {
    @Test
    void doctorSaysWhetherHarborKnowsOurLoginAndMakesNothing() throws IOException {
        try (FakeHarbor harbor = new FakeHarbor(new ManualClock("2026-11-28T10:00:00Z"))) {
            Catalog catalog = ((Read.Ok<Catalog>)
                            CatalogReader.read(
                                    Map.of(
                                            "platform.yaml",
                                            "platform: acme\nregistries: [\"" + harbor.host() + "/imaas\"]\n"
                                                    + "onboarding: {registry: {kind: harbor, credential: HARBOR}}\n"
                                                    + "defaults: {environments: [dev], quota: {cpu: 4, memory: 8Gi, pods: 20}}\n",
                                            "tenants/orders.yaml",
                                            """
                            tenant: orders
                            owners: ["@acme/leads"]
                            contact: a@example.org
                            gitops: https://git.example.org/g.git
                            """)))
                    .value();

            CheckResult fine = new HarborCheck(catalog, name -> Optional.of(new Secret("admin:Harbor12345"))).get();
            CheckResult wrong = new HarborCheck(catalog, name -> Optional.of(new Secret("admin:no"))).get();

            assertThat(fine.toString()).contains("knows our login");
            assertThat(wrong.toString()).contains("does not know our login", "HARBOR");
            assertThat(harbor.made()).isEmpty();
        }
    }
}
