package io.imaas.adapter.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageSignature;
import io.imaas.model.record.Envelope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Signatures as {@code cosign sign} makes them since version 3: a statement about the image in a Sigstore bundle. */
record BundleSignatures(Attestations attestations) {
    private static final ObjectMapper JSON = new ObjectMapper();

    List<ImageSignature> of(ImageRef image) {
        List<ImageSignature> found = new ArrayList<>();
        for (String envelope : attestations.of(image, ImageSignature.TYPE)) {
            try {
                read(JSON.readTree(envelope), found);
            } catch (IOException | IllegalArgumentException damaged) {
                // What can't be read is no signature.
            }
        }
        return found;
    }

    private static void read(JsonNode envelope, List<ImageSignature> found) throws IOException {
        String type = envelope.path("payloadType").asText();
        String payload =
                new String(Base64.getDecoder().decode(envelope.path("payload").asText()), StandardCharsets.UTF_8);
        String signed = new String(Envelope.signedBytes(type, payload), StandardCharsets.UTF_8);
        String image = type.equals(Envelope.IN_TOTO) ? imageIn(JSON.readTree(payload)) : "";
        envelope.path("signatures")
                .forEach(one ->
                        found.add(new ImageSignature(signed, one.path("sig").asText(), image)));
    }

    /** The digest that a statement is about; empty when it is no signature of one image. */
    private static String imageIn(JsonNode statement) {
        JsonNode subjects = statement.path("subject");
        String digest = subjects.path(0).path("digest").path("sha256").asText();
        boolean ours = statement.path("predicateType").asText().equals(ImageSignature.TYPE) && subjects.size() == 1;
        return ours && !digest.isEmpty() ? "sha256:" + digest : "";
    }
}
