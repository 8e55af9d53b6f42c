package io.imaas.model.source;

import java.io.Serializable;
import java.util.List;

/**
 * What a build put into an image over its base.
 *
 * @param car the project's own
 * @param parts what that is made of
 * @param others CARs and libraries that lie beside it
 */
public record ImageContents(CarFile car, List<CarPart> parts, List<CarPart> others) implements Serializable {
    public ImageContents {
        parts = List.copyOf(parts);
        others = List.copyOf(others);
    }
}
