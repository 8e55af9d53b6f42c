package io.imaas.adapter.mi;

import io.imaas.adapter.mi.CarContents.Item;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code config.properties}: the names of what each environment sets. */
final class PropertiesPacking {
    private final VsCodeLayout layout;
    private final Pom pom;
    private final CarAssembly car;

    PropertiesPacking(VsCodeLayout layout, Pom pom, CarAssembly car) {
        this.layout = layout;
        this.pom = pom;
        this.car = car;
    }

    void pack() {
        Path file = layout.resources().resolve("conf/config.properties");
        if (Files.isRegularFile(file)) {
            String version = pom.artifactVersion();
            car.artifact(
                    new Item("config", version, ArtifactKind.INTEGRATOR, "config/property"),
                    "config_" + version,
                    "config.properties",
                    Folders.bytes(file),
                    layout.shown(file));
        }
    }
}
