package io.imaas.model.image;

import io.imaas.model.failure.FailureException;
import java.io.Serializable;

/** An image: where it is kept and its digest. A tag never identifies one. */
public record ImageRef(ImageRepository repository, Digest digest) implements Serializable {
    /** Reads {@code registry/path@sha256:…}; a tag in between is refused, since two names could disagree. */
    public static ImageRef parse(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            throw FailureException.input(
                    "'" + text + "' names no digest",
                    "write registry/path@sha256:…, since a tag can be moved; docker buildx imagetools inspect " + text
                            + " shows it");
        }
        return new ImageRef(ImageRepository.parse(text.substring(0, at)), new Digest(text.substring(at + 1)));
    }

    @Override
    public String toString() {
        return repository + "@" + digest;
    }
}
