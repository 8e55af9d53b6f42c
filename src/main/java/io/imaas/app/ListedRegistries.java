package io.imaas.app;

import io.imaas.model.failure.FailureException;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.image.ImageSignature;
import io.imaas.model.tenancy.Platform;
import io.imaas.port.ImageRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The hosts of {@code registries} in {@code platform.yaml} alone: whoever may push can name any host in a
 * {@code release.yaml}, and no byte goes there.
 */
record ListedRegistries(ImageRegistry registry, Platform platform) implements ImageRegistry {
    private ImageRegistry at(ImageRepository images) {
        if (!platform.listsHostOf(images)) {
            throw FailureException.policy(
                    images.registry() + " is none of the platform's registries",
                    images.toString(),
                    "take the image from one of them, or add it to registries in platform.yaml");
        }
        return registry;
    }

    @Override
    public Optional<Digest> resolve(ImageRepository repository, String tag) {
        return at(repository).resolve(repository, tag);
    }

    @Override
    public boolean exists(ImageRef image) {
        return at(image.repository()).exists(image);
    }

    @Override
    public Map<String, String> labels(ImageRef image) {
        return at(image.repository()).labels(image);
    }

    @Override
    public List<ImageSignature> signatures(ImageRef image) {
        return at(image.repository()).signatures(image);
    }

    @Override
    public void attach(ImageRef image, String type, String envelope) {
        at(image.repository()).attach(image, type, envelope);
    }

    @Override
    public List<String> attached(ImageRef image, String type) {
        return at(image.repository()).attached(image, type);
    }

    @Override
    public void checkWritable(ImageRepository repository) {
        at(repository).checkWritable(repository);
    }
}
