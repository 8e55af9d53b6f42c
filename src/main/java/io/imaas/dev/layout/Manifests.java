package io.imaas.dev.layout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imaas.model.image.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Manifests and image indexes: kept byte by byte, and only when everything they name is there. */
final class Manifests {
    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    private final ObjectMapper json = new ObjectMapper();
    private final ImageLayout layout;
    private final LayoutIndex index;

    Manifests(ImageLayout layout, LayoutIndex index) {
        this.layout = layout;
        this.index = index;
    }

    LayoutIndex.Entry get(String repository, String reference) throws IOException {
        return (reference.contains(":")
                        ? index.byDigest(repository, digest(reference))
                        : index.byTag(repository, reference))
                .orElseThrow(() -> new RegistryError(404, "MANIFEST_UNKNOWN", "no " + reference + " in " + repository));
    }

    Digest put(String repository, String reference, String mediaType, byte[] content) throws IOException {
        JsonNode manifest = parse(content);
        List<String> missing = new ArrayList<>();
        for (String field : List.of("layers", "manifests")) {
            manifest.path(field).forEach(d -> note(d, missing));
        }
        if (manifest.has("config")) {
            note(manifest.get("config"), missing);
        }
        if (!missing.isEmpty()) {
            throw new RegistryError(404, "MANIFEST_BLOB_UNKNOWN", "not here: " + String.join(", ", missing));
        }
        boolean byDigest = reference.contains(":");
        if (!byDigest && !TAG.matcher(reference).matches()) {
            throw new RegistryError(400, "TAG_INVALID", "'" + reference + "' is not a tag");
        }
        Digest digest = layout.keep(content);
        if (byDigest && !digest.equals(digest(reference))) {
            throw new RegistryError(400, "DIGEST_INVALID", "the content is " + digest + ", not " + reference);
        }
        String type = mediaType.isEmpty() ? manifest.path("mediaType").asText() : mediaType;
        index.put(new LayoutIndex.Entry(repository, byDigest ? "" : reference, type, digest, content.length));
        return digest;
    }

    /** The digest of the manifest of which another one tells; empty when it tells of none. */
    Optional<String> subject(Digest digest) throws IOException {
        JsonNode subject =
                json.readTree(layout.blob(digest).toFile()).path("subject").path("digest");
        return subject.isTextual() ? Optional.of(subject.asText()) : Optional.empty();
    }

    /** What tells of a manifest, as an index: "Listing Referrers" of the distribution specification. */
    ObjectNode referrers(String repository, Digest subject) throws IOException {
        ObjectNode list = json.createObjectNode();
        list.put("schemaVersion", 2).put("mediaType", "application/vnd.oci.image.index.v1+json");
        ArrayNode all = list.putArray("manifests");
        for (LayoutIndex.Entry entry : index.manifests(repository)) {
            JsonNode manifest = json.readTree(layout.blob(entry.digest()).toFile());
            if (subject(entry.digest()).equals(Optional.of(subject.value()))) {
                ObjectNode told = all.addObject()
                        .put("mediaType", entry.mediaType())
                        .put("digest", entry.digest().value())
                        .put("size", entry.size())
                        .put("artifactType", manifest.path("artifactType").asText());
                told.set("annotations", manifest.path("annotations"));
            }
        }
        return list;
    }

    static Digest digest(String text) {
        if (!text.matches("sha256:[0-9a-f]{64}")) {
            throw new RegistryError(400, "DIGEST_INVALID", "'" + text + "' is not a sha256 digest");
        }
        return new Digest(text);
    }

    private JsonNode parse(byte[] content) throws IOException {
        try {
            JsonNode manifest = json.readTree(content);
            if (manifest != null && manifest.path("schemaVersion").asInt() == 2) {
                return manifest;
            }
        } catch (JsonProcessingException e) {
            throw (RegistryError) new RegistryError(400, "MANIFEST_INVALID", e.getOriginalMessage()).initCause(e);
        }
        throw new RegistryError(400, "MANIFEST_INVALID", "the manifest is not of schema version 2");
    }

    /** Layers with {@code urls} live elsewhere by design (OCI image specification, "Descriptors"). */
    private void note(JsonNode descriptor, List<String> missing) {
        if (!descriptor.has("urls")
                && !layout.has(digest(descriptor.path("digest").asText()))) {
            missing.add(descriptor.path("digest").asText());
        }
    }
}
