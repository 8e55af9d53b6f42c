package io.imaas.port;

import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.image.ImageSignature;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Images that are already somewhere. */
public interface ImageRegistry {
    /** The digest behind a tag, or empty when there is none. */
    Optional<Digest> resolve(ImageRepository repository, String tag);

    boolean exists(ImageRef image);

    /** The labels of the image's configuration. */
    Map<String, String> labels(ImageRef image);

    /** The signatures that are kept beside the image as {@code cosign} keeps them; none of them is verified. */
    List<ImageSignature> signatures(ImageRef image);

    /**
     * Keeps a signed statement beside the image.
     *
     * @param type the statement's predicate type
     * @param envelope DSSE, as JSON
     */
    void attach(ImageRef image, String type, String envelope);

    /** The statements of one type that are kept beside the image; none of them is verified. */
    List<String> attached(ImageRef image, String type);

    /** Whether the registry answers and lets us write there; throws what is wrong. */
    void checkWritable(ImageRepository repository);
}
