package io.imaas.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Puts images without content and their signatures into a registry on this machine, by its plain HTTP API. */
public final class TinyImages {
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String PAYLOAD = "application/vnd.dev.cosign.simplesigning.v1+json";

    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final ImageRepository repository;

    public TinyImages(ImageRepository repository) {
        this.repository = repository;
    }

    /** @param version its tag; makes the image another one */
    public ImageRef push(String version) {
        Map<String, Object> config = Map.of(
                "architecture",
                "amd64",
                "os",
                "linux",
                "config",
                Map.of("Labels", Map.of("io.imaas.tests", "passed", "version", version)),
                "rootfs",
                Map.of("type", "layers", "diff_ids", List.of()));
        byte[] manifest = manifest(bytes(config), List.of());
        String digest = digest(manifest);
        put("manifests/" + version, MANIFEST, manifest);
        return new ImageRef(repository, new Digest(digest));
    }

    /** Signs as {@code cosign sign --key} does. */
    public void sign(ImageRef image, Signer signer) {
        byte[] payload = payload(image.digest().value());
        attach(image, payload, signer.sign(payload));
    }

    public static byte[] payload(String digest) {
        return ("{\"critical\":{\"identity\":{\"docker-reference\":\"\"},\"image\":{\"docker-manifest-digest\":\""
                        + digest + "\"},\"type\":\"cosign container image signature\"},\"optional\":null}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Puts a payload with any signature beside an image. */
    public void attach(ImageRef image, byte[] payload, byte[] signature) {
        Map<String, Object> layer = Map.of(
                "mediaType",
                PAYLOAD,
                "size",
                payload.length,
                "digest",
                upload(payload),
                "annotations",
                Map.of("dev.cosignproject.cosign/signature", Base64.getEncoder().encodeToString(signature)));
        byte[] manifest = manifest("{}".getBytes(StandardCharsets.UTF_8), List.of(layer));
        put("manifests/sha256-" + image.digest().hex() + ".sig", MANIFEST, manifest);
    }

    /** Puts a Sigstore bundle beside an image, as {@code cosign} 3 does where a registry lists what refers to an image. */
    public void attachBundle(ImageRef image, String predicateType, String bundle) {
        String type = "application/vnd.dev.sigstore.bundle.v0.3+json";
        byte[] content = bundle.getBytes(StandardCharsets.UTF_8);
        byte[] nothing = "{}".getBytes(StandardCharsets.UTF_8);
        byte[] manifest = bytes(Map.of(
                "schemaVersion",
                2,
                "mediaType",
                MANIFEST,
                "artifactType",
                type,
                "config",
                Map.of("mediaType", CONFIG, "size", nothing.length, "digest", upload(nothing)),
                "layers",
                List.of(Map.of("mediaType", type, "size", content.length, "digest", upload(content))),
                "subject",
                Map.of(
                        "mediaType",
                        MANIFEST,
                        "size",
                        1,
                        "digest",
                        image.digest().value()),
                "annotations",
                Map.of("dev.sigstore.bundle.predicateType", predicateType)));
        put("manifests/" + digest(manifest), MANIFEST, manifest);
    }

    private byte[] manifest(byte[] config, List<Map<String, Object>> layers) {
        return bytes(Map.of(
                "schemaVersion",
                2,
                "mediaType",
                MANIFEST,
                "config",
                Map.of("mediaType", CONFIG, "size", config.length, "digest", upload(config)),
                "layers",
                layers));
    }

    private String upload(byte[] content) {
        String digest = digest(content);
        HttpResponse<String> begun = send(HttpRequest.newBuilder(uri("blobs/uploads/"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
        String location = begun.headers().firstValue("Location").orElseThrow();
        URI target = uri("").resolve(location);
        String separator = target.getQuery() == null ? "?" : "&";
        send(HttpRequest.newBuilder(URI.create(target + separator + "digest=" + digest))
                .header("Content-Type", "application/octet-stream")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(content))
                .build());
        return digest;
    }

    private void put(String path, String type, byte[] content) {
        send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", type)
                .PUT(HttpRequest.BodyPublishers.ofByteArray(content))
                .build());
    }

    private URI uri(String path) {
        return URI.create("http://" + repository.registry() + "/v2/" + repository.path() + "/" + path);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new AssertionError(request + " gave " + answer.statusCode() + " " + answer.body());
            }
            return answer;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] bytes(Map<String, Object> value) {
        try {
            return json.writeValueAsBytes(value);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
