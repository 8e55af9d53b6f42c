package io.imaas.adapter.mi.build;

import io.imaas.adapter.mi.build.CarContents.Item;
import io.imaas.adapter.mi.layout.ArtifactKind;
import io.imaas.adapter.mi.layout.PackedArtifact;
import io.imaas.adapter.mi.layout.VsCodeLayout;
import io.imaas.adapter.mi.pom.Pom;
import io.imaas.adapter.mi.source.Folders;
import io.imaas.adapter.mi.source.XmlParser;
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
        if (!PackedArtifact.isArtifact(file) && XmlParser.rootOf(content, shown).isEmpty()) {
            log.accept("left out, as it is no XML: " + shown);
            return;
        }
        PackedArtifact artifact = PackedArtifact.strict(kind, file, shown, content, pom.artifactVersion());
        Item item = Item.of(artifact.listedName(), artifact.version(), kind);
        car.artifact(item, artifact.folder(), artifact.fileName(), content, shown);
        metadata.pack(artifact);
    }
}
