package io.imaas.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.imaas.adapter.apim.FakeApiManager;
import io.imaas.catalog.CatalogReader;
import io.imaas.model.identity.Secret;
import io.imaas.model.tenancy.Catalog;
import io.imaas.testing.Loopback;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Doctor asks the API manager and Vault, and changes nothing there. */
class SecretsChecksTest {
    private static Catalog catalog(String onboarding) {
        return CatalogReader.read(
                        Map.of(
                                "platform.yaml",
                                """
                        platform: acme
                        registries: [registry.example.org/acme]
                        onboarding: {%s}
                        defaults: {environments: [dev, test], quota: {cpu: 4, memory: 8Gi, pods: 20}}
                        """
                                        .formatted(onboarding),
                                "tenants/orders.yaml",
                                """
                        tenant: orders
                        owners: ['@acme/leads']
                        contact: a@example.org
                        gitops: https://git.example.org/g.git
                        """))
                .orThrow();
    }

    @Test
    void theApiManagersLoginIsTriedOnceForEachOfThem() throws IOException {
        try (FakeApiManager manager = new FakeApiManager()) {
            Catalog catalog = catalog("apiManager: {url: '" + manager.url() + "', credential: APIM}");

            CheckResult fine = new ApiManagerCheck(catalog, name -> Optional.of(new Secret("admin:secret"))).get();
            assertThat(fine.found()).contains("knows our login", manager.url());
            assertThat(manager.calls).containsExactly("GET services");

            assertThat(new Examination(Duration.ofSeconds(30))
                            .of(List.of(new Check(
                                    "API Manager",
                                    new ApiManagerCheck(catalog, name -> Optional.of(new Secret("admin:no"))))))
                            .toString())
                    .contains("FAIL", "does not know our login", "APIM");
        }
    }

    @Test
    void aVaultThatIsSealedOrNotInitialisedIsTold() throws IOException {
        AtomicInteger status = new AtomicInteger(200);
        HttpServer server = Loopback.http();
        server.createContext("/v1/sys/health", exchange -> {
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            URI vault = VaultCheck.server(catalog("secrets: {provider: {vault: {server: '" + url + "/'}}}")
                            .platform()
                            .onboarding()
                            .secrets())
                    .orElseThrow();
            VaultCheck check = new VaultCheck(vault, new Web());
            assertThat(check.get().found()).contains("up and unsealed");
            status.set(503);
            assertThat(check.get()).isEqualTo(CheckResult.fail(url + " is sealed", "vault operator unseal"));
            status.set(501);
            assertThat(check.get().found()).contains("never initialised");
            status.set(404);
            assertThat(check.get().fix()).contains("platform.yaml");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aServiceOfTheClusterIsNoFailureFromOutside() {
        URI agent = VaultCheck.server(
                        catalog("secrets: {vaultAgent: {address: 'https://vault.nowhere-invalid:8200', role: r}}")
                                .platform()
                                .onboarding()
                                .secrets())
                .orElseThrow();
        assertThat(new VaultCheck(agent, new Web()).get())
                .isEqualTo(CheckResult.skipped(
                        "vault.nowhere-invalid is known only in the cluster",
                        "ask there: kubectl -n NAMESPACE exec POD-OF-VAULT -- vault status"));
        assertThat(VaultCheck.server(
                        catalog("off: [dashboards]").platform().onboarding().secrets()))
                .isEmpty();
    }
}
