package io.imaas.adapter.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.SigningKey;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.image.ImageSignature;
import io.imaas.model.record.Envelope;
import io.imaas.model.record.ListedKey;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.tenancy.ImagePolicy;
import io.imaas.model.tenancy.Keyless;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.promotion.Scene;
import io.imaas.plan.snapshot.ImageFacts;
import io.imaas.testing.Loopback;
import io.imaas.testing.Signer;
import io.imaas.testing.TinyImages;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CosignSignaturesTest {
    private static final Signer OURS = Signer.of("EC 256");
    private static final Signer THEIRS = Signer.of("EC 256");
    private static final String DIGEST = "a".repeat(64);

    @TempDir
    Path store;

    @Test
    void signaturesAreReadFromTheImagesOwnRepository() {
        try (LoopbackRegistry registry = LoopbackRegistry.start(store, 0)) {
            TinyImages images = new TinyImages(ImageRepository.parse(registry.address() + "/orders/api"));
            ImageRef image = images.push("1.0.0");
            HttpImageRegistry client = new HttpImageRegistry(RegistryCredentials.none());
            assertThat(client.exists(image)).isTrue();
            assertThat(client.signatures(image)).isEmpty();

            images.sign(image, Signer.of("EC 256"));
            List<ImageSignature> found = client.signatures(image);

            assertThat(found).singleElement().satisfies(signature -> {
                assertThat(signature.image()).isEqualTo(image.digest().value());
                assertThat(signature.payload().getBytes(StandardCharsets.UTF_8))
                        .isEqualTo(TinyImages.payload(image.digest().value()));
            });
        }
    }

    @Test
    void aPayloadOfAnotherKindIsForNoImage() {
        try (LoopbackRegistry registry = LoopbackRegistry.start(store, 0)) {
            TinyImages images = new TinyImages(ImageRepository.parse(registry.address() + "/orders/api"));
            ImageRef image = images.push("1.0.0");
            images.attach(image, "not even JSON".getBytes(StandardCharsets.UTF_8), new byte[] {1});

            assertThat(new HttpImageRegistry(RegistryCredentials.none()).signatures(image))
                    .extracting(ImageSignature::image)
                    .containsExactly("");
        }
    }

    /** What somebody attached, of what the signature is, and what the gate makes of it. */
    static Stream<Arguments> attached() {
        String in = Envelope.IN_TOTO;
        String statement = statement(ImageSignature.TYPE, subject(DIGEST));
        return Stream.of(
                Arguments.of("a sound one", envelope(in, statement, OURS), ""),
                Arguments.of("two signatures, the second is ours", envelope(in, statement, THEIRS, OURS), ""),
                Arguments.of(
                        "a key that was rotated out",
                        envelope(in, statement, THEIRS),
                        "its signature is by none of the platform's keys"),
                Arguments.of(
                        "two that nobody knows",
                        envelope(in, statement, THEIRS, THEIRS),
                        "none of its 2 signatures is by one of the platform's keys"),
                Arguments.of(
                        "another image",
                        envelope(in, statement(ImageSignature.TYPE, subject("9".repeat(64))), OURS),
                        "the signature is valid, but it is for sha256:" + "9".repeat(64)),
                Arguments.of(
                        "two subjects",
                        envelope(
                                in,
                                statement(ImageSignature.TYPE, subject("9".repeat(64)) + "," + subject(DIGEST)),
                                OURS),
                        "the signature is valid, but it is for something that is not an image"),
                Arguments.of(
                        "a statement of another kind",
                        envelope(in, statement("https://slsa.dev/provenance/v1", subject(DIGEST)), OURS),
                        "the signature is valid, but it is for something that is not an image"),
                Arguments.of(
                        "another media type",
                        envelope("application/json", statement, OURS),
                        "the signature is valid, but it is for something that is not an image"),
                Arguments.of(
                        "signed over another media type than it says",
                        envelope("application/json", statement, OURS).replace("application/json", in),
                        "its signature is by none of the platform's keys"),
                Arguments.of(
                        "no payload",
                        "{\"payloadType\":\"" + in + "\",\"payload\":\"!!\",\"signatures\":[{}]}",
                        "the image is not signed"),
                Arguments.of("no signature", envelope(in, statement), "the image is not signed"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attached")
    void whatIsAttachedOpensTheGateOnlyWhenItIsSound(String what, String envelope, String found) {
        try (LoopbackRegistry registry = LoopbackRegistry.start(store, 0)) {
            ImageRef beside = new TinyImages(ImageRepository.parse(registry.address() + "/orders/api")).push("1.0.0");
            HttpImageRegistry client = new HttpImageRegistry(RegistryCredentials.none());
            client.attach(beside, ImageSignature.TYPE, envelope);
            Scene scene = new Scene()
                    .images(new ImagePolicy(
                            false, List.of(ListedKey.always(OURS.key("release"))), Keyless.NONE, Set.of(), false, null))
                    .runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY);
            Digest digest = scene.release("api", "1.0.0").image().digest();
            // The scene's image is another one than the one that it lies beside: it is the statement that counts.
            List<ImageSignature> signatures = client.signatures(beside).stream()
                    .map(one -> new ImageSignature(
                            one.payload(), one.signature(), one.image().replace(DIGEST, digest.hex())))
                    .toList();
            List<GateAnswer> closed = scene.image(
                            new ImageFacts(digest, true, List.of(), signatures, List.of(), List.of(), List.of(), null))
                    .promote("dev", "test")
                    .closedGates();
            assertThat(closed.stream().map(GateAnswer::found).toList())
                    .as(what)
                    .isEqualTo(found.isEmpty() ? List.of() : List.of(found));
        }
    }

    private static String statement(String type, String subjects) {
        return "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[" + subjects + "],\"predicateType\":\""
                + type + "\",\"predicate\":{}}";
    }

    private static String subject(String hex) {
        return "{\"digest\":{\"sha256\":\"" + hex + "\"}}";
    }

    private static String envelope(String type, String payload, Signer... signers) {
        String signatures = Stream.of(signers)
                .map(signer -> "{\"sig\":\"" + base64(signer.sign(Envelope.signedBytes(type, payload))) + "\"}")
                .collect(Collectors.joining(","));
        return "{\"payloadType\":\"" + type + "\",\"payload\":\"" + base64(payload.getBytes(StandardCharsets.UTF_8))
                + "\",\"signatures\":[" + signatures + "]}";
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Whoever may push there can put anything of any size beside an image. */
    @Test
    void anAnswerWithoutEndIsGivenUpAndTold() throws IOException {
        byte[] part = new byte[1 << 16];
        HttpServer server = Loopback.http();
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                for (int i = 0; i <= 2 * RegistryHttp.LONGEST / part.length; i++) {
                    out.write(part);
                }
            } catch (IOException gone) {
                // Nobody listens any more.
            }
        });
        server.start();
        try {
            ImageRepository endless =
                    ImageRepository.parse("127.0.0.1:" + server.getAddress().getPort() + "/orders/api");
            ImageRef image = new ImageRef(endless, new Digest("sha256:" + DIGEST));
            assertThatThrownBy(() -> new HttpImageRegistry(RegistryCredentials.none()).signatures(image))
                    .isInstanceOf(FailureException.class)
                    .hasMessageContaining("longer than " + RegistryHttp.LONGEST + " bytes");
        } finally {
            server.stop(0);
        }
    }

    /** {@code cosign sign --key} of cosign 3.1.3, with nothing of a transparency log. */
    @Test
    void aBundleOfCosignItselfIsReadAndHolds() throws Exception {
        Path folder = Path.of("test/fixtures/cosign");
        String envelope = new ObjectMapper()
                .readTree(folder.resolve("sign.bundle.json").toFile())
                .path("dsseEnvelope")
                .toString();
        SigningKey key = new SigningKey("release", Files.readString(folder.resolve("cosign.pub")));
        try (LoopbackRegistry registry = LoopbackRegistry.start(store, 0)) {
            ImageRef image = new TinyImages(ImageRepository.parse(registry.address() + "/orders/api")).push("1.0.0");
            HttpImageRegistry client = new HttpImageRegistry(RegistryCredentials.none());
            client.attach(image, ImageSignature.TYPE, envelope);

            assertThat(client.signatures(image)).singleElement().satisfies(signature -> {
                assertThat(signature.madeBy(key)).isTrue();
                assertThat(signature.image())
                        .as("the image that it was made for, not the one that it lies beside")
                        .isEqualTo("sha256:408945afa53ef6e3a3b9f59d1126a772c4b34971d287624fb9869841a7ae8903");
            });
        }
    }
}
