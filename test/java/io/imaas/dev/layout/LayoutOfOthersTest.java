package io.imaas.dev.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.adapter.oci.HttpImageRegistry;
import io.imaas.adapter.oci.JibImageBuilder;
import io.imaas.adapter.oci.MiProjectFolder;
import io.imaas.adapter.oci.RegistryCredentials;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.image.Digest;
import io.imaas.port.ImageBuilder.Built;
import io.imaas.testing.JavaProcess;
import io.imaas.testing.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder and the endpoint as other programs and hard times see them. */
class LayoutOfOthersTest {
    @TempDir
    Path folder;

    private final HttpImageRegistry images = new HttpImageRegistry(RegistryCredentials.none());

    @Test
    void skopeoReadsTheFolderAndCopiesOutOfAndIntoTheEndpoint() throws Exception {
        Program skopeo = Program.require("skopeo", "skopeo");
        Path store = folder.resolve("store");
        try (LoopbackRegistry registry = LoopbackRegistry.start(store, 0)) {
            Built built = push(registry.address(), 1);
            String there = "docker://" + registry.address() + "/";

            String inFolder = skopeo.run("inspect", "--raw", "oci:" + store + ":orders/order-api:1");
            skopeo.run("copy", "--src-tls-verify=false", there + "orders/order-api:1", "oci:" + folder + "/pulled:x");
            skopeo.run("copy", "--dest-tls-verify=false", "oci:" + folder + "/pulled:x", there + "orders/again:2");
            String tags = skopeo.run("list-tags", "--tls-verify=false", there + "orders/again");

            assertThat(inFolder).contains("\"layers\"");
            assertThat(tags).contains("\"2\"");
            assertThat(images.resolve(built.image().repository(), "1"))
                    .contains(built.image().digest());
            assertThat(images.resolve(
                            io.imaas.model.image.ImageRepository.parse(registry.address() + "/orders/again"), "2"))
                    .contains(built.image().digest());
        }
    }

    /** The process is another JVM, ended by SIGKILL while images are pushed to it one after the other. */
    @Test
    void aKilledRegistryLeavesAWholeLayoutAndGoesOn() throws Exception {
        Path store = folder.resolve("store");
        Random random = new Random(7);
        for (int round = 0; round < Integer.getInteger("imaas.tries", 2); round++) {
            Process process = JavaProcess.of(RegistryProcess.class, store.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                String address = lines.readLine();
                Thread killer = new Thread(() -> killAfter(process, 300 + random.nextInt(700)));
                killer.start();
                pushUntilItFails(address, round);
                killer.join();
            }
            process.waitFor();
            assertWhole(store);
        }
        try (LoopbackRegistry registry = LoopbackRegistry.start(store, 0)) {
            assertThat(images.exists(push(registry.address(), 5000).image())).isTrue();
        }
        assertWhole(store);
    }

    @Test
    void aFullDiskIsSaidSoAndHurtsNothingThatIsThere() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small"));
        assumeTrue(mount(small), "no tmpfs can be mounted here, so the full disk was not tried");
        try (LoopbackRegistry registry = LoopbackRegistry.start(small.resolve("store"), 0)) {
            Built first = push(registry.address(), 1);

            assertThatThrownBy(() -> {
                        for (int i = 2; i < 10; i++) {
                            push(registry.address(), i);
                        }
                    })
                    .hasMessageContaining("the registry has no room left")
                    .satisfies(e ->
                            assertThat(((FailureException) e).failure().kind()).isEqualTo(FailureKind.EXTERNAL));
            assertThat(images.exists(first.image())).isTrue();
            assertWhole(small.resolve("store"));
        } finally {
            assertThat(new ProcessBuilder("umount", small.toString()).start().waitFor())
                    .isZero();
        }
    }

    private static boolean mount(Path small) throws Exception {
        return "root".equals(System.getProperty("user.name"))
                && new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString())
                                .start()
                                .waitFor()
                        == 0;
    }

    private static void killAfter(Process process, long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }

    /** Not with Jib, which goes on trying for a minute when a registry goes away. */
    private static void pushUntilItFails(String address, int seed) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        byte[] noise = new byte[200_000];
        Random random = new Random(seed);
        try {
            for (int i = 0; i < 10_000; i++) {
                random.nextBytes(noise);
                String base = "http://" + address + "/v2/orders/killed/";
                String blob = digest(noise);
                post(client, base + "blobs/uploads/?digest=" + blob, "POST", noise);
                String descriptor = "{\"mediaType\":\"x/y\",\"size\":200000,\"digest\":\"" + blob + "\"}";
                String manifest = "{\"schemaVersion\":2,\"config\":" + descriptor + ",\"layers\":[" + descriptor + "]}";
                post(client, base + "manifests/t" + i % 7, "PUT", manifest.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException killed) {
            return;
        }
        throw new AssertionError("it was not killed");
    }

    private static void post(HttpClient client, String uri, String method, byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(201);
    }

    private static String digest(byte[] content) throws Exception {
        return "sha256:"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private Built push(String address, int seed) throws Exception {
        MiProjectFolder project = new MiProjectFolder(folder.resolve("project")).car(seed);
        return new JibImageBuilder(folder.resolve("cache"), RegistryCredentials.none())
                .build(project.recipe(address + "/orders/order-api", "", "1", "t" + seed), line -> {});
    }

    private static void assertWhole(Path store) throws Exception {
        JsonNode index = new ObjectMapper().readTree(store.resolve("index.json").toFile());
        for (JsonNode entry : index.path("manifests")) {
            byte[] manifest = blob(store, entry);
            JsonNode content = new ObjectMapper().readTree(manifest);
            blob(store, content.path("config"));
            for (JsonNode layer : content.path("layers")) {
                blob(store, layer);
            }
        }
    }

    private static byte[] blob(Path store, JsonNode descriptor) throws Exception {
        Digest digest = new Digest(descriptor.path("digest").asText());
        byte[] content = Files.readAllBytes(store.resolve("blobs/sha256").resolve(digest.hex()));
        assertThat(digest(content)).isEqualTo(digest.value());
        return content;
    }
}
