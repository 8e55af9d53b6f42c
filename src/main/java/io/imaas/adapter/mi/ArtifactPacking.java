package io.imaas.adapter.mi;

import io.imaas.adapter.mi.CarContents.Item;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The files of the artifact folders. */
final class ArtifactPacking {
    private final VsCodeLayout layout;
    private final Pom pom;
    private final CarAssembly car;
    private final MetadataPacking metadata;
    private final Consumer<String> log;

    ArtifactPacking(VsCodeLayout layout, Pom pom, CarAssembly car, MetadataPacking metadata, Consumer<String> log) {
        this.layout = layout;
        this.pom = pom;
        this.car = car;
        this.metadata = metadata;
        this.log = log;
    }

    void pack() {
        for (ArtifactKind kind : ArtifactKind.values()) {
            for (Path file : Folders.files(layout.artifacts(kind))) {
                pack(kind, file);
            }
        }
    }

    private void pack(ArtifactKind kind, Path file) {
        String shown = layout.shown(file);
        byte[] content = Folders.bytes(file);
        if (!SourceArtifact.isArtifact(file) && RootElement.peek(content, shown).isEmpty()) {
            log.accept("left out, as it is no XML: " + shown);
            return;
        }
        SourceArtifact artifact = SourceArtifact.strict(kind, file, shown, content, pom.artifactVersion());
        Item item = new Item(artifact.listedName(), artifact.version(), kind.serverRole(), kind.type());
        car.artifact(item, artifact.folder(), artifact.fileName(), content, shown);
        metadata.pack(artifact);
    }
}
