package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.oci.KeylessBundles;
import io.imaas.adapter.oci.RegistryCredentials;
import io.imaas.catalog.CatalogReader;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.image.ImageSignature;
import io.imaas.model.tenancy.Catalog;
import io.imaas.port.KeylessSignatures;
import io.imaas.port.Secrets;
import io.imaas.testing.SigstoreServer;
import io.imaas.testing.TestSigstore;
import io.imaas.testing.TinyImages;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is published is signed as the CI's own identity where the CI gives out a token. */
class SignWithoutKeyTest {
    private static final String WORKFLOW = "https://github.com/acme/api/.github/workflows/build.yml@refs/heads/main";
    private static final String ISSUER = "https://token.actions.githubusercontent.com";
    private static final String LISTED =
            "signedBy: [{name: ci, keyless: {issuer: \"" + ISSUER + "\", identity: \"" + WORKFLOW + "\"}}]";

    @TempDir
    Path store;

    @Test
    void itIsSignedOnceAndOnlyWhereThePlatformListsWhoseSignaturesCount() throws IOException {
        try (LoopbackRegistry registry = LoopbackRegistry.start(store, 0)) {
            ImageRef image = new TinyImages(ImageRepository.parse(registry.address() + "/acme/orders/api")).push("1");
            try (SigstoreServer sigstore = new SigstoreServer(new TestSigstore.Signing(
                    WORKFLOW, ISSUER, image.digest().hex(), ImageSignature.TYPE, TestSigstore.SIGNED))) {
                String token = SigstoreServer.token("repo:acme/api:ref:refs/heads/main");
                String root = sigstore.trustedRoot();

                assertThat(world("check: optional", root, token).sign(image)).isEmpty();
                assertThat(world(LISTED, root, "").sign(image)).isEmpty();
                assertThat(sigstore.asked()).isEmpty();
                assertThat(world(LISTED, root, token).sign(image)).get().satisfies(signed -> {
                    assertThat(signed.kind()).isEqualTo(Effect.Kind.CREATED);
                    assertThat(signed.detail()).isEqualTo(WORKFLOW + ", confirmed by " + ISSUER);
                });
                assertThat(world(LISTED, root, token).sign(image))
                        .get()
                        .extracting(Effect::kind)
                        .isEqualTo(Effect.Kind.UNCHANGED);
                assertThat(sigstore.asked()).hasSize(2);
            }
        }
    }

    private static SignWithoutKey world(String images, String root, String token) {
        Catalog catalog = CatalogReader.read(Map.of(
                        "platform.yaml",
                        "platform: acme\nregistries: [registry.example.org/acme]\npolicy: {images: {" + images + "}}\n",
                        "trusted_root.json",
                        root,
                        "tenants/orders.yaml",
                        "tenant: orders\nowners: [\"@acme/leads\"]\ncontact: a@example.org\n"
                                + "gitops: https://git.example.org/orders-gitops.git\n"
                                + "quota: {cpu: 8, memory: 16Gi, pods: 20}\nservices: [{name: api, type: worker,"
                                + " repository: \"https://git.example.org/api.git\"}]\n"))
                .orThrow();
        Secrets secrets = name -> {
            if (token.isEmpty()) {
                throw FailureException.input("there is no such credential", name, "as Jenkins says it");
            }
            return Optional.of(name).filter("SIGSTORE_ID_TOKEN"::equals).map(known -> new Secret(token));
        };
        Ports ports = Ports.builder()
                .with(Secrets.class, secrets)
                .with(KeylessSignatures.class, new KeylessBundles(RegistryCredentials.none()))
                .build();
        return new SignWithoutKey(
                new TenantWorld(ports, catalog, catalog.tenants().get(0), Duration.ofMinutes(1), Optional.empty()));
    }
}
