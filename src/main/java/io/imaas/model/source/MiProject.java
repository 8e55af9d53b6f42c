package io.imaas.model.source;

import java.io.Serializable;
import java.util.List;

/**
 * A WSO2 Micro Integrator project as its files describe it.
 *
 * @param folder path on this machine
 * @param groupId of its {@code pom.xml}, as are the artifact id and the version
 * @param runtimeVersion of the Micro Integrator it is written for, such as {@code 4.4.0}
 * @param artifacts sorted by file
 * @param suites unit-test suites, paths below the folder, sorted
 * @param needsMaven why its sources alone are not enough to build it: Maven must compile or fetch something
 */
public record MiProject(
        String folder,
        Layout layout,
        String groupId,
        String artifactId,
        String version,
        String runtimeVersion,
        List<MiArtifact> artifacts,
        List<String> connectors,
        List<String> classMediators,
        List<String> dataMappers,
        List<String> suites,
        List<String> needsMaven)
        implements Serializable {
    public MiProject {
        artifacts = List.copyOf(artifacts);
        connectors = List.copyOf(connectors);
        classMediators = List.copyOf(classMediators);
        dataMappers = List.copyOf(dataMappers);
        suites = List.copyOf(suites);
        needsMaven = List.copyOf(needsMaven);
    }

    /** How the project's files are laid out. */
    public enum Layout {
        /** One project, {@code src/main/wso2mi}. */
        VS_CODE,
        /** Maven modules with {@code artifact.xml} files and a composite exporter. */
        INTEGRATION_STUDIO
    }

    /**
     * One artifact of an MI project.
     *
     * @param type as in the CAR's {@code artifact.xml}, such as {@code synapse/api}
     * @param file path below the project's folder
     */
    public record MiArtifact(String name, String version, String type, String file) implements Serializable {}
}
