package io.imaas.adapter.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageSignature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Signatures where {@code cosign sign} puts them (cosign's SIGNATURE_SPEC.md): a manifest at the tag
 * {@code sha256-<digest>.sig} of the image's own repository, one layer a signature, whose content is the signed payload
 * and whose annotation is the signature. Anybody who may push there may have written it.
 */
final class CosignSignatures {
    private static final String MEDIA_TYPE = "application/vnd.dev.cosign.simplesigning.v1+json";
    private static final String ANNOTATION = "dev.cosignproject.cosign/signature";
    private static final String TYPE = "cosign container image signature";
    /** Whoever signs an image more often than that wants to keep us busy. */
    private static final int MOST = 50;

    private final ObjectMapper json = new ObjectMapper();
    private final RemoteManifests manifests;

    CosignSignatures(RemoteManifests manifests) {
        this.manifests = manifests;
    }

    List<ImageSignature> of(ImageRef image) {
        String tag = "sha256-" + image.digest().hex() + ".sig";
        List<ImageSignature> found = new ArrayList<>();
        manifests
                .find(image.repository(), tag)
                .ifPresent(manifest -> manifest.json().path("layers").forEach(layer -> {
                    String signature =
                            layer.path("annotations").path(ANNOTATION).asText();
                    boolean sound = layer.path("mediaType").asText().equals(MEDIA_TYPE) && !signature.isEmpty();
                    if (sound && found.size() < MOST) {
                        byte[] payload = manifests.blob(
                                image.repository(), layer.path("digest").asText());
                        found.add(new ImageSignature(
                                new String(payload, StandardCharsets.UTF_8), signature, imageIn(payload)));
                    }
                }));
        return found;
    }

    /** The digest that a payload is for; empty when it is no payload of an image's signature. */
    private String imageIn(byte[] payload) {
        try {
            JsonNode critical = json.readTree(payload).path("critical");
            return critical.path("type").asText().equals(TYPE)
                    ? critical.path("image").path("docker-manifest-digest").asText()
                    : "";
        } catch (IOException e) {
            // No JSON is no payload.
            return "";
        }
    }
}
