package io.imaas.port;

import io.imaas.model.image.ImageRef;
import java.util.Map;

/** Looks into images that are in a registry. */
@FunctionalInterface
public interface ImageFiles {
    /**
     * The CARs in an image, by path. Layers that hold none are not fetched: the image's history tells them apart.
     *
     * @throws io.imaas.model.failure.FailureException INPUT when there is no such image, or a layer is too large or packed
     *     in a way that is not known
     */
    Map<String, byte[]> cars(ImageRef image);
}
