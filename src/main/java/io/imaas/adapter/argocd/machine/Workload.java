package io.imaas.adapter.argocd.machine;

import java.util.List;

/**
 * A live workload, read from the cluster itself.
 *
 * @param images the images of its pod template
 * @param complete whether its rollout is complete: generation observed, all replicas updated and ready
 * @param progress why it is not complete, for people; empty when it is
 */
public record Workload(String title, List<String> images, boolean complete, String progress) {
    public Workload {
        images = List.copyOf(images);
    }

    /** Whether its pod template names the digest. */
    public boolean runs(io.imaas.model.image.Digest digest) {
        return images.stream().anyMatch(image -> image.endsWith("@" + digest));
    }
}
