package io.imaas.adapter.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.adapter.web.BoundedJson;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageSignature;
import io.imaas.model.record.Envelope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Signatures where {@code cosign sign} puts them. Since version 3: a statement about the image in a Sigstore bundle.
 * Before (cosign's SIGNATURE_SPEC.md): a manifest at the tag {@code sha256-<digest>.sig} of the image's own repository, one
 * layer a signature, whose content is the signed payload and whose annotation is the signature. Anybody who may push there
 * may have written them.
 */
record CosignSignatures(RemoteManifests manifests, Attestations attestations) {
    private static final String MEDIA_TYPE = "application/vnd.dev.cosign.simplesigning.v1+json";
    private static final String ANNOTATION = "dev.cosignproject.cosign/signature";
    private static final String TYPE = "cosign container image signature";
    /** Whoever signs an image more often than that wants to keep us busy. */
    private static final int MOST = 50;

    /** Bytes of a payload, which has some hundreds. */
    private static final int LONGEST = 1 << 20;

    private static final ObjectMapper JSON = BoundedJson.mapper();

    List<ImageSignature> of(ImageRef image) {
        List<ImageSignature> found = new ArrayList<>();
        manifests
                .find(image.repository(), "sha256-" + image.digest().hex() + ".sig")
                .ifPresent(manifest -> manifest.json().path("layers").forEach(layer -> {
                    String signature =
                            layer.path("annotations").path(ANNOTATION).asText();
                    boolean sound = layer.path("mediaType").asText().equals(MEDIA_TYPE) && !signature.isEmpty();
                    if (sound && found.size() < MOST) {
                        manifests
                                .described(image.repository(), layer)
                                .filter(content -> content.length <= LONGEST)
                                .map(content -> new String(content, StandardCharsets.UTF_8))
                                .ifPresent(payload -> found.add(
                                        new ImageSignature(payload, signature, imageInPayload(json(payload)))));
                    }
                }));
        attestations.of(image, ImageSignature.TYPE).forEach(envelope -> found.addAll(inBundle(json(envelope))));
        return found;
    }

    /** The digest that a payload is for; empty when it is not a payload of an image's signature. */
    private static String imageInPayload(JsonNode payload) {
        JsonNode critical = payload.path("critical");
        return critical.path("type").asText().equals(TYPE)
                ? critical.path("image").path("docker-manifest-digest").asText()
                : "";
    }

    private static List<ImageSignature> inBundle(JsonNode envelope) {
        try {
            String type = envelope.path("payloadType").asText();
            String payload = new String(
                    Base64.getDecoder().decode(envelope.path("payload").asText()), StandardCharsets.UTF_8);
            String signed = new String(Envelope.signedBytes(type, payload), StandardCharsets.UTF_8);
            String image = type.equals(Envelope.IN_TOTO) ? imageInStatement(json(payload)) : "";
            List<ImageSignature> found = new ArrayList<>();
            for (JsonNode one : envelope.path("signatures")) {
                if (found.size() < MOST) {
                    found.add(new ImageSignature(signed, one.path("sig").asText(), image));
                }
            }
            return found;
        } catch (IllegalArgumentException damaged) {
            // What can't be read is not a signature.
            return List.of();
        }
    }

    /** The digest that a statement is about; empty when it is not a signature of one image. */
    private static String imageInStatement(JsonNode statement) {
        JsonNode subjects = statement.path("subject");
        String digest = subjects.path(0).path("digest").path("sha256").asText();
        boolean ours = statement.path("predicateType").asText().equals(ImageSignature.TYPE) && subjects.size() == 1;
        return ours && !digest.isEmpty() ? "sha256:" + digest : "";
    }

    /** What is not JSON says nothing. */
    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }
}
