package io.imaas.port;

import io.imaas.model.image.ImageRepository;
import java.util.List;

/** The names that images have in a registry. */
@FunctionalInterface
public interface ImageTags {
    /**
     * All tags of a repository, in no order; none when there is no such repository.
     *
     * @throws io.imaas.model.failure.FailureException EXTERNAL when the registry can't be asked; INPUT when there are too
     *     many to look at
     */
    List<String> of(ImageRepository repository);
}
