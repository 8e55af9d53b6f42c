package io.imaas.app;

import java.nio.file.Path;

/** A process of its own that releases once, to be killed in the middle. */
final class ReleaseProcess {
    private ReleaseProcess() {}

    public static void main(String[] arguments) {
        try (RenderedWorld world = new RenderedWorld(Path.of(arguments[0]), "two")) {
            world.run(world.catalog(), RenderedWorld.release(RenderedWorld.API, arguments[1].charAt(0)));
        }
    }
}
