package io.imaas.model.source;

import java.io.Serializable;

/**
 * One artifact of an MI project.
 *
 * @param type as in the CAR's {@code artifact.xml}, such as {@code synapse/api}
 * @param file path below the project's folder
 */
public record MiArtifact(String name, String version, String type, String file) implements Serializable {}
