package io.imaas.plan.snapshot;

import io.imaas.model.failure.Failure;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageSignature;
import java.io.Serializable;
import java.util.List;

/**
 * What the registry knows about an image that is to be promoted.
 *
 * @param exists whether the registry serves it
 * @param tests as its signed provenance says: {@code passed}, {@code none}, {@code not-run}; empty when there is none that counts
 * @param signatures what is kept beside it, unverified
 * @param unanswered why the registry could not be asked, or null
 */
public record ImageFacts(
        Digest digest, boolean exists, String tests, List<ImageSignature> signatures, Failure unanswered)
        implements Serializable {
    public ImageFacts {
        signatures = List.copyOf(signatures);
    }

    public static ImageFacts absent(Digest digest) {
        return new ImageFacts(digest, false, "", List.of(), null);
    }

    public static ImageFacts unanswered(Digest digest, Failure why) {
        return new ImageFacts(digest, false, "", List.of(), why);
    }
}
