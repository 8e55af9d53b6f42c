package io.imaas.adapter.oci;

import io.imaas.dev.layout.LoopbackRegistry;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Images in the registry of the demo. */
class LoopbackImagesTest extends ImagesContract {
    @TempDir
    static Path store;

    private static LoopbackRegistry registry;

    @BeforeAll
    static void start() {
        registry = LoopbackRegistry.start(store, 0);
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @Override
    String address() {
        return registry.address();
    }
}
