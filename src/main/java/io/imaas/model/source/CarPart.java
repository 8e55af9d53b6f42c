package io.imaas.model.source;

import java.io.Serializable;
import java.util.List;

/**
 * Something that a CAR brings along.
 *
 * @param group Maven's groupId, or empty when nothing tells it
 * @param type as its {@code artifact.xml} says, such as {@code synapse/api}; {@code jar} for a Java library
 * @param path within the CAR; {@code outer!/inner} for what lies in an archive in it
 * @param sha256 of its bytes, hexadecimal
 * @param libraries the Java libraries within, such as a connector's
 */
public record CarPart(
        String group, String name, String version, String type, String path, String sha256, List<CarPart> libraries)
        implements Serializable {
    /** The type of a Java library. */
    public static final String JAR = "jar";

    public CarPart {
        libraries = List.copyOf(libraries);
    }
}
