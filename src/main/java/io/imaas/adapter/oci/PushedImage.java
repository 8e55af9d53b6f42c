package io.imaas.adapter.oci;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.model.failure.FailureException;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.port.ImageBuilder.Built;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads back what was pushed: its layers, and how many bytes had to be sent for it. */
final class PushedImage {
    private final RemoteManifests manifests;
    private final ImageRef image;
    private final PushCount count;
    private final Set<String> layers = new LinkedHashSet<>();
    private final Set<String> counted = new LinkedHashSet<>();
    private long bytes;

    PushedImage(RemoteManifests manifests, ImageRef image, PushCount count) {
        this.manifests = manifests;
        this.image = image;
        this.count = count;
    }

    /** Jib doesn't compare the base it was given with the digest it asked for; we do, layer by layer. */
    Built check(BaseImage base) {
        List<RemoteManifests.Found> images = images();
        for (int i = 0; i < images.size(); i++) {
            List<Digest> built = images.get(i).layers();
            List<Digest> below = base.layers().get(Math.min(i, base.layers().size() - 1));
            if (Collections.indexOfSubList(built, below) != 0) {
                throw FailureException.failed(
                        "the image was not built on the layers of its base: the registry gave another base image",
                        base.ref().toString(),
                        "don't use " + image + "; look at the registry or mirror of the base image");
            }
        }
        return new Built(image, bytes, List.copyOf(layers), List.of());
    }

    private List<RemoteManifests.Found> images() {
        RemoteManifests.Found root = manifests.get(image);
        addManifest(root);
        if (!root.isIndex()) {
            return List.of(root);
        }
        List<RemoteManifests.Found> images = new ArrayList<>();
        for (JsonNode entry : root.images()) {
            RemoteManifests.Found found = manifests.one(image.repository(), entry);
            addManifest(found);
            images.add(found);
        }
        return images;
    }

    private void addManifest(RemoteManifests.Found manifest) {
        if (count.sentAny()) {
            bytes += manifest.content().length;
        }
        addBlob(manifest.json().path("config"));
        for (JsonNode layer : manifest.json().path("layers")) {
            layers.add(layer.path("digest").asText());
            addBlob(layer);
        }
    }

    private void addBlob(JsonNode descriptor) {
        String digest = descriptor.path("digest").asText();
        if (count.wasSent(digest) && counted.add(digest)) {
            bytes += descriptor.path("size").asLong();
        }
    }
}
