package io.imaas.app;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Spelling;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.port.ImageTags;
import java.util.List;

/** The image that a person names by its tag: a release has its digest, whatever becomes of the tag later. */
public final class NamedImage {
    private NamedImage() {}

    /** Whether the registry must be asked. */
    public static boolean isTagged(String text) {
        return !text.contains("@");
    }

    /**
     * @param text {@code registry/path@sha256:…} or {@code registry/path:tag}
     * @throws FailureException INPUT when there is no such tag, with those that there are; POLICY for a registry that is
     *     not the platform's
     */
    public static ImageRef find(Imaas imaas, String text) {
        int colon = text.lastIndexOf(':');
        if (!isTagged(text)) {
            return ImageRef.parse(text);
        }
        if (text.indexOf('/') < 0 || colon < text.lastIndexOf('/')) {
            throw FailureException.input(
                    "'" + text + "' names no " + (text.indexOf('/') < 0 ? "registry" : "tag and no digest"),
                    "write HOST/PATH:TAG or HOST/PATH@sha256:…");
        }
        ImageRepository images = ImageRepository.parse(text.substring(0, colon));
        String tag = text.substring(colon + 1);
        return imaas.ports()
                .registry()
                .resolve(images, tag)
                .map(digest -> new ImageRef(images, digest))
                .orElseThrow(() -> missing(imaas, images, tag));
    }

    private static FailureException missing(Imaas imaas, ImageRepository images, String tag) {
        List<String> known =
                imaas.ports().port(ImageTags.class).of(images).stream().sorted().toList();
        return FailureException.input(
                "there is no image '" + tag + "'",
                images.toString(),
                known.isEmpty()
                        ? "imaas image DIR --to " + images
                        : Spelling.suggestion(tag, known.subList(Math.max(0, known.size() - 20), known.size())));
    }
}
