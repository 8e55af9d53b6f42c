package io.imaas.adapter.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imaas.adapter.web.BoundedJson;
import io.imaas.model.failure.FailureException;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Signed statements beside an image, as {@code cosign} 3 keeps them: Sigstore bundles, each in a manifest of its own whose
 * subject is the image (OCI image specification 1.1, "subject"; distribution specification, "Referrers API" and "Referrers
 * Tag Schema" for registries without it). Anybody who may push there may have written them.
 */
final class Attestations {
    private static final String BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";
    private static final String PREDICATE = "dev.sigstore.bundle.predicateType";
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String EMPTY = "application/vnd.oci.empty.v1+json";
    private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

    /** Of one type. Whoever attaches more than that wants to keep us busy, or from one that comes later. */
    private static final int MOST = 200;

    private static final int MOST_REFERRERS = 10_000;

    /** A bundle is a few texts, some of them long. */
    private static final long MOST_PARTS = 10_000;

    private final ObjectMapper json = BoundedJson.mapper(MOST_PARTS);
    private final RegistryHttp http;
    private final RemoteManifests manifests;

    Attestations(RegistryHttp http, RemoteManifests manifests) {
        this.http = http;
        this.manifests = manifests;
    }

    /** @return the envelopes of one type; none of them is verified */
    List<String> of(ImageRef image, String predicateType) {
        return bundles(image, predicateType).stream()
                .map(bundle -> bundle.path("dsseEnvelope"))
                .filter(JsonNode::isObject)
                .map(JsonNode::toString)
                .toList();
    }

    /**
     * @return the bundles around statements of one type; none of them is verified
     * @throws FailureException INPUT when there are too many: one that is not read may be the one that says no
     */
    List<JsonNode> bundles(ImageRef image, String predicateType) {
        List<JsonNode> found = new ArrayList<>();
        int tried = 0;
        int room = RegistryHttp.LONGEST;
        for (JsonNode referrer : referrers(image)) {
            if (referrer.path("artifactType").asText().equals(BUNDLE)
                    && referrer.path("annotations").path(PREDICATE).asText().equals(predicateType)) {
                Optional<byte[]> bundle = bundle(image, referrer);
                tried++;
                room -= bundle.map(bytes -> bytes.length).orElse(0);
                if (tried > MOST || room < 0) {
                    throw tooMuch(image, "statements of the type " + predicateType);
                }
                bundle.flatMap(this::parsed).ifPresent(found::add);
            }
        }
        return found;
    }

    private Optional<byte[]> bundle(ImageRef image, JsonNode referrer) {
        return Digest.find(referrer.path("digest").asText())
                .flatMap(digest -> manifests.find(image.repository(), digest.value()))
                .map(RemoteManifests.Found::json)
                .filter(manifest -> manifest.path("subject")
                        .path("digest")
                        .asText()
                        .equals(image.digest().value()))
                .map(manifest -> manifest.path("layers").path(0))
                .filter(layer -> layer.path("mediaType").asText().equals(BUNDLE))
                .flatMap(layer -> manifests.described(image.repository(), layer));
    }

    private Optional<JsonNode> parsed(byte[] bundle) {
        try {
            return Optional.of(json.readTree(bundle));
        } catch (IOException noJson) {
            return Optional.empty();
        }
    }

    private static FailureException tooMuch(ImageRef image, String what) {
        return FailureException.input(
                "more " + what + " are attached to the image than are read",
                image.toString(),
                "delete those that nobody needs from the registry");
    }

    private List<JsonNode> referrers(ImageRef image) {
        RegistryHttp.Call first = RegistryHttp.Call.of(
                image.repository(), "GET", "/referrers/" + image.digest().value());
        return manifests
                .all(first, "manifests", MOST_REFERRERS, () -> tooMuch(image, "things"))
                .orElseGet(() -> {
                    List<JsonNode> tagged = new ArrayList<>();
                    manifests
                            .find(image.repository(), fallbackTag(image))
                            .ifPresent(index -> index.json().path("manifests").forEach(tagged::add));
                    return tagged;
                });
    }

    /** @param envelope a DSSE envelope as JSON */
    void attach(ImageRef image, String predicateType, String envelope) {
        attachBundle(image, predicateType, bundle(envelope));
    }

    void attachBundle(ImageRef image, String predicateType, byte[] bundle) {
        ImageRepository repository = image.repository();
        RemoteManifests.Found subject = manifests.get(image);
        ObjectNode manifest = json.createObjectNode();
        manifest.put("schemaVersion", 2).put("mediaType", MANIFEST).put("artifactType", BUNDLE);
        manifest.set("config", described(EMPTY, NOTHING));
        manifest.putArray("layers").add(described(BUNDLE, bundle));
        manifest.set("subject", described(subject.mediaType(), subject.content()));
        annotate(manifest, predicateType);
        upload(repository, NOTHING);
        upload(repository, bundle);
        byte[] content = bytes(manifest);
        RegistryHttp.Answer answer =
                manifests.put(repository, Digest.of(content).value(), MANIFEST, content);
        if (answer.header("OCI-Subject").isEmpty()) {
            addToIndex(image, predicateType, content);
        }
    }

    /** A registry without the referrers API keeps the list of them in an index at a tag. */
    private void addToIndex(ImageRef image, String predicateType, byte[] manifest) {
        ObjectNode index = json.createObjectNode();
        index.put("schemaVersion", 2).put("mediaType", INDEX);
        ArrayNode all = index.putArray("manifests");
        manifests
                .find(image.repository(), fallbackTag(image))
                .ifPresent(known -> known.json().path("manifests").forEach(all::add));
        ObjectNode ours = described(MANIFEST, manifest);
        ours.put("artifactType", BUNDLE);
        annotate(ours, predicateType);
        all.add(ours);
        manifests.put(image.repository(), fallbackTag(image), INDEX, bytes(index));
    }

    private static void annotate(ObjectNode node, String predicateType) {
        node.putObject("annotations")
                .put("dev.sigstore.bundle.content", "dsse-envelope")
                .put(PREDICATE, predicateType);
    }

    private byte[] bundle(String envelope) {
        try {
            ObjectNode bundle = json.createObjectNode();
            bundle.put("mediaType", BUNDLE);
            JsonNode dsse = json.readTree(envelope);
            JsonNode signatures = dsse.path("signatures");
            bundle.putObject("verificationMaterial")
                    .putObject("publicKey")
                    .put("hint", signatures.path(0).path("keyid").asText());
            // cosign names keys by hashes of its own, and passes over signatures with other names.
            signatures.forEach(one -> ((ObjectNode) one).remove("keyid"));
            bundle.set("dsseEnvelope", dsse);
            return bytes(bundle);
        } catch (IOException e) {
            throw new IllegalArgumentException("an envelope is JSON", e);
        }
    }

    private void upload(ImageRepository repository, byte[] content) {
        String digest = Digest.of(content).value();
        if (http.send(RegistryHttp.Call.of(repository, "HEAD", "/blobs/" + digest))
                        .status()
                == 200) {
            return;
        }
        RegistryHttp.Call begin = RegistryHttp.Call.of(repository, "POST", "/blobs/uploads/");
        RegistryHttp.Answer begun = http.send(begin, 202);
        String upload = begin.sameHost(begun).orElseThrow(() -> http.refusal(begin, begun));
        String path = upload + (upload.contains("?") ? "&" : "?") + "digest=" + digest;
        http.send(RegistryHttp.Call.put(repository, path, "application/octet-stream", content), 201);
    }

    private ObjectNode described(String mediaType, byte[] content) {
        return json.createObjectNode()
                .put("mediaType", mediaType)
                .put("digest", Digest.of(content).value())
                .put("size", content.length);
    }

    private byte[] bytes(JsonNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String fallbackTag(ImageRef image) {
        return "sha256-" + image.digest().hex();
    }
}
