package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.layout.ArtifactKind;
import io.imaas.adapter.xml.XmlElement;
import java.nio.file.Path;

/**
 * An artifact as its source file says it.
 *
 * @param name as the runtime will know it
 * @param version its own, or empty
 * @param file path below the project's folder
 */
record SourceArtifact(ArtifactKind kind, String name, String version, String file, Path path, XmlElement root) {
    /** The name in the CAR: the plugin appends an artifact's own version. */
    String carName() {
        return version.isEmpty() ? name : name + "_" + version;
    }

    /** {@code sequence 'Audit'}. */
    String words() {
        return kind.words() + " '" + name + "'";
    }
}
