package io.imaas.port;

import io.imaas.model.failure.Problem;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Makes an image and pushes it, transferring only what the registry lacks. */
public interface ImageBuilder {
    /** The same recipe gives the same digest, on every machine. */
    Built build(Recipe recipe, Consumer<String> log);

    /**
     * What goes into an image.
     *
     * @param target where it goes
     * @param base the image under it, {@code registry/path@sha256:…}; empty for an empty base
     * @param project the MI project's folder
     * @param cars in the order in which they must be loaded, the project's own last
     * @param libraries besides those of {@code deployment/libs}
     * @param runtimeVersion of the Micro Integrator, part of the paths in the image
     * @param labels OCI labels
     * @param tags for people; the digest is for machines
     * @param created the image's creation time; part of its digest
     */
    record Recipe(
            ImageRepository target,
            String base,
            Path project,
            List<Path> cars,
            List<Path> libraries,
            String runtimeVersion,
            Map<String, String> labels,
            Set<String> tags,
            Instant created) {
        public Recipe {
            cars = List.copyOf(cars);
            libraries = List.copyOf(libraries);
            labels = Map.copyOf(labels);
            tags = Set.copyOf(tags);
        }
    }

    /**
     * @param bytesPushed what had to be sent; 0 when the registry had everything
     * @param warnings what is doubtful about the base
     */
    record Built(ImageRef image, long bytesPushed, List<String> layers, List<Problem> warnings) {
        public Built {
            layers = List.copyOf(layers);
            warnings = List.copyOf(warnings);
        }
    }
}
