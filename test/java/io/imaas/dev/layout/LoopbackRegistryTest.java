package io.imaas.dev.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution specification on the wire. */
class LoopbackRegistryTest {
    private static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    @TempDir
    Path store;

    private LoopbackRegistry registry;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void start() {
        registry = LoopbackRegistry.start(store, 0);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void aBlobThatComesInChunksIsPutTogether() throws Exception {
        String upload = location(send("POST", "/v2/a/b/blobs/uploads/", ""));
        HttpResponse<String> first = send("PATCH", upload, "hello ", "Content-Range", "0-5");
        HttpResponse<String> second = send("PATCH", upload, "world", "Content-Range", "6-10");
        HttpResponse<String> done = send("PUT", upload + "?digest=" + digest("hello world!"), "!");

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(first.headers().firstValue("Range")).contains("0-5");
        assertThat(second.headers().firstValue("Range")).contains("0-10");
        assertThat(done.statusCode()).isEqualTo(201);
        HttpResponse<String> blob = send("GET", location(done), "");
        assertThat(blob.body()).isEqualTo("hello world!");
        assertThat(send("HEAD", location(done), "").headers().firstValue("Content-Length"))
                .contains("12");
    }

    @Test
    void aChunkOutOfOrderIsRefusedAndTheRightPlaceIsTold() throws Exception {
        String upload = location(send("POST", "/v2/a/blobs/uploads/", ""));
        send("PATCH", upload, "hello", "Content-Range", "0-4");

        HttpResponse<String> gap = send("PATCH", upload, "!", "Content-Range", "9-9");

        assertThat(gap.statusCode()).isEqualTo(416);
        assertThat(gap.headers().firstValue("Range")).contains("0-4");
        assertThat(send("GET", upload, "").statusCode()).isEqualTo(204);
        assertThat(send("PATCH", upload, "!", "Content-Range", "5-5").statusCode())
                .isEqualTo(202);
    }

    @Test
    void aBlobInOneRequestIsKept() throws Exception {
        assertThat(blob("x").statusCode()).isEqualTo(201);
        assertThat(send("GET", "/v2/a/blobs/" + digest("x"), "").body()).isEqualTo("x");
    }

    @Test
    void contentOfAnotherDigestIsRefusedAndForgotten() throws Exception {
        HttpResponse<String> lie = send("POST", "/v2/a/blobs/uploads/?digest=" + digest("truth"), "lie");

        assertThat(lie.statusCode()).isEqualTo(400);
        assertThat(lie.body()).contains("DIGEST_INVALID");
        assertThat(send("HEAD", "/v2/a/blobs/" + digest("truth"), "").statusCode())
                .isEqualTo(404);
        assertThat(send("HEAD", "/v2/a/blobs/" + digest("lie"), "").statusCode())
                .isEqualTo(404);
        try (Stream<Path> left = Files.list(store.resolve(".uploads"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aCancelledUploadIsGone() throws Exception {
        String upload = location(send("POST", "/v2/a/blobs/uploads/", ""));

        assertThat(send("DELETE", upload, "").statusCode()).isEqualTo(204);
        assertThat(send("PUT", upload + "?digest=" + digest(""), "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aManifestIsKeptOnlyWhenAllItNamesIsThere() throws Exception {
        HttpResponse<String> early = send("PUT", "/v2/a/manifests/1", manifest("x"), "Content-Type", OCI_MANIFEST);
        blob("x");
        HttpResponse<String> done = send("PUT", "/v2/a/manifests/1", manifest("x"), "Content-Type", OCI_MANIFEST);

        assertThat(early.statusCode()).isEqualTo(404);
        assertThat(early.body()).contains("MANIFEST_BLOB_UNKNOWN").contains(digest("x"));
        assertThat(done.statusCode()).isEqualTo(201);
        HttpResponse<String> byTag = send("GET", "/v2/a/manifests/1", "");
        assertThat(byTag.body()).isEqualTo(manifest("x"));
        assertThat(byTag.headers().firstValue("Content-Type")).contains(OCI_MANIFEST);
        assertThat(byTag.headers().firstValue("Docker-Content-Digest")).contains(digest(manifest("x")));
        assertThat(send("GET", "/v2/other/manifests/" + digest(manifest("x")), "")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void whatIsNoManifestIsRefused() throws Exception {
        for (String junk : new String[] {"", "{", "[]", "{\"schemaVersion\":1}"}) {
            assertThat(send("PUT", "/v2/a/manifests/1", junk).statusCode())
                    .as(junk)
                    .isEqualTo(400);
        }
        blob("x");
        assertThat(send("PUT", "/v2/a/manifests/" + digest("other"), manifest("x"))
                        .body())
                .contains("DIGEST_INVALID");
        assertThat(send("PUT", "/v2/a/manifests/.no-tag", manifest("x")).body()).contains("TAG_INVALID");
        assertThat(send("GET", "/v2/a/tags/list", "").statusCode()).isEqualTo(404);
    }

    @Test
    void aManifestThatLostItsTagIsServedByItsDigest() throws Exception {
        blob("x");
        blob("y");
        send("PUT", "/v2/a/manifests/1", manifest("x"));
        send("PUT", "/v2/a/manifests/1", manifest("y"));

        assertThat(send("GET", "/v2/a/manifests/1", "").body()).isEqualTo(manifest("y"));
        assertThat(send("GET", "/v2/a/manifests/" + digest(manifest("x")), "").body())
                .isEqualTo(manifest("x"));
        assertThat(send("GET", "/v2/a/tags/list", "").body()).contains("\"tags\":[\"1\"]");
    }

    @Test
    void tagsAreListedPageByPage() throws Exception {
        blob("x");
        for (String tag : new String[] {"c", "a", "b"}) {
            send("PUT", "/v2/a/manifests/" + tag, manifest("x"));
        }
        HttpResponse<String> first = send("GET", "/v2/a/tags/list?n=2", "");

        assertThat(first.body()).contains("[\"a\",\"b\"]");
        assertThat(first.headers().firstValue("Link")).contains("</v2/a/tags/list?n=2&last=b>; rel=\"next\"");
        assertThat(send("GET", "/v2/a/tags/list?n=2&last=b", "").body()).contains("[\"c\"]");
    }

    @Test
    void tagsThatComeAtOnceAreAllKept() throws Exception {
        blob("x");
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            answers.add(client.sendAsync(
                            HttpRequest.newBuilder(URI.create("http://" + registry.address() + "/v2/a/manifests/t" + i))
                                    .PUT(HttpRequest.BodyPublishers.ofString(manifest("x")))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .thenApply(HttpResponse::statusCode));
        }
        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(201));
        String tags = send("GET", "/v2/a/tags/list", "").body();
        for (int i = 0; i < 40; i++) {
            assertThat(tags).contains("\"t" + i + "\"");
        }
    }

    @Test
    void whatIsPushedIsThereAfterARestart() throws Exception {
        blob("x");
        send("PUT", "/v2/a/manifests/1", manifest("x"));
        String upload = location(send("POST", "/v2/a/blobs/uploads/", ""));
        send("PATCH", upload, "hal");
        stop();
        start();

        assertThat(send("GET", "/v2/a/manifests/1", "").body()).isEqualTo(manifest("x"));
        assertThat(send("PUT", upload + "?digest=" + digest("half"), "f").statusCode())
                .isEqualTo(201);
    }

    @Test
    void entriesOfOtherToolsInTheIndexAreLeftAsTheyAre() throws Exception {
        String foreign = "{\"mediaType\":\"x/y\",\"digest\":\"" + digest("z")
                + "\",\"size\":1,\"annotations\":{\"org.opencontainers.image.ref.name\":\"v1\"}}";
        Files.writeString(store.resolve("index.json"), "{\"schemaVersion\":2,\"manifests\":[" + foreign + "]}");
        blob("x");
        send("PUT", "/v2/a/manifests/1", manifest("x"));

        assertThat(Files.readString(store.resolve("index.json")).replaceAll("\\s", ""))
                .contains(foreign)
                .contains("\"org.opencontainers.image.ref.name\":\"a:1\"");
    }

    @Test
    void nobodyOutsideOfThisMachineCanConnect() throws Exception {
        for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(card.getInetAddresses())) {
                if (address instanceof Inet4Address && !address.isLoopbackAddress()) {
                    try (Socket socket = new Socket()) {
                        assertThatThrownBy(() -> socket.connect(new InetSocketAddress(address, registry.port()), 2000))
                                .isInstanceOf(ConnectException.class);
                    }
                }
            }
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        assertThatThrownBy(() -> LoopbackRegistry.start(store, registry.port()))
                .hasMessageContaining("port " + registry.port() + " is taken");
    }

    private HttpResponse<String> blob(String content) throws Exception {
        return send("POST", "/v2/a/blobs/uploads/?digest=" + digest(content), content);
    }

    private static String manifest(String blob) throws Exception {
        String descriptor = "{\"mediaType\":\"x/y\",\"size\":1,\"digest\":\"" + digest(blob) + "\"}";
        return "{\"schemaVersion\":2,\"mediaType\":\"" + OCI_MANIFEST + "\",\"config\":" + descriptor + ",\"layers\":["
                + descriptor + "]}";
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + registry.address() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private static String digest(String content) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
        return "sha256:" + HexFormat.of().formatHex(hash);
    }
}
