package io.imaas.port;

import io.imaas.model.image.ImageRef;

/** What lies in registries beside images, such as charts. */
@FunctionalInterface
public interface Artifacts {
    /**
     * The content of an artifact's one layer of a media type.
     *
     * @throws io.imaas.model.failure.FailureException INPUT when there is no such artifact or layer
     */
    byte[] layer(ImageRef artifact, String mediaType);
}
