package io.imaas.adapter.oci;

import io.imaas.testing.RealRegistry;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same images in Debian's docker-registry. */
class RealRegistryImagesTest extends ImagesContract {
    @RegisterExtension
    static final RealRegistry REGISTRY = new RealRegistry();

    @Override
    String address() {
        return REGISTRY.address();
    }
}
