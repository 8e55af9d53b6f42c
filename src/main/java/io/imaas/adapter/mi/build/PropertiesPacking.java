package io.imaas.adapter.mi.build;

import io.imaas.adapter.mi.build.CarContents.Item;
import io.imaas.adapter.mi.layout.VsCodeLayout;
import io.imaas.adapter.mi.pom.Pom;
import io.imaas.adapter.mi.source.Folders;
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
                    new Item("config", version, Item.INTEGRATOR, "config/property"),
                    "config_" + version,
                    "config.properties",
                    Folders.bytes(file),
                    layout.shown(file));
        }
    }
}
