package io.imaas.adapter.mi.build;

import io.imaas.adapter.mi.build.CarContents.Item;
import io.imaas.adapter.mi.layout.PackedArtifact;
import io.imaas.adapter.mi.layout.VsCodeLayout;
import io.imaas.adapter.mi.pom.Pom;
import io.imaas.adapter.mi.source.Folders;
import io.imaas.model.failure.FailureException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts what describes artifacts to a service catalogue into a CAR. */
final class MetadataPacking {
    private final VsCodeLayout layout;
    private final Pom pom;
    private final CarAssembly car;
    private final ServiceFiles files;

    MetadataPacking(VsCodeLayout layout, Pom pom, CarAssembly car) {
        this.layout = layout;
        this.pom = pom;
        this.car = car;
        this.files = new ServiceFiles(layout, pom);
    }

    void pack(PackedArtifact artifact) {
        files.of(artifact.kind(), artifact.name(), artifact.ownVersion(), artifact.version())
                .forEach(one -> one.file()
                        .ifPresentOrElse(
                                file -> add(one.name(), artifact.version(), bytes(file), layout.shown(file)),
                                () -> add(
                                        one.name(),
                                        artifact.version(),
                                        made(artifact).getBytes(StandardCharsets.UTF_8),
                                        artifact.shown())));
    }

    private String made(PackedArtifact artifact) {
        return switch (artifact.kind()) {
            case API -> ServiceDescription.ofApi(artifact);
            case PROXY_SERVICE -> ServiceDescription.ofProxy(artifact, pom.artifactVersion());
            default -> ServiceDescription.ofDataService(artifact);
        };
    }

    private byte[] bytes(Path file) {
        if (!Files.isRegularFile(file)) {
            throw FailureException.input("is no file", layout.shown(file), "put a YAML file there, or nothing");
        }
        return Folders.bytes(file);
    }

    private void add(String name, String version, byte[] content, String source) {
        car.metadata(
                new Item(name, version, Item.INTEGRATOR, "synapse/metadata"),
                name + "_" + version,
                name + "-" + version + ".yaml",
                content,
                source);
    }
}
