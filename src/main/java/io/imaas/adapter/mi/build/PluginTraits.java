package io.imaas.adapter.mi.build;

import io.imaas.adapter.mi.pom.Pom;
import org.apache.maven.artifact.versioning.ComparableVersion;

/**
 * What a version of WSO2's {@code vscode-car-plugin} packs. Read from the differences between the tags of its public
 * source; a version that is newer than the newest one read, or unknown, is taken to pack as that one does.
 */
public record PluginTraits(ComparableVersion version) {
    private static final String NEWEST_READ = "5.4.15";

    PluginTraits(String version) {
        this(new ComparableVersion(version));
    }

    public static PluginTraits of(Pom pom) {
        return new PluginTraits(pom.plugin(Pom.CAR_PLUGIN)
                .map(Pom.Plugin::version)
                .filter(version -> version.matches("\\d.*"))
                .orElse(NEWEST_READ));
    }

    /** What a version began to do. */
    public enum Trait {
        /** Scans the folders of artifacts and names versioned APIs; earlier ones packed lists of another layout. */
        SCANS_FOLDERS("5.2.50"),
        /** Takes {@code data-sources} and {@code data-services}; before, both were written as one word. */
        DASHED_FOLDERS("5.2.58"),
        /** Makes a data mapper's files from its TypeScript; before, it packed those of the sources. */
        BUNDLES_DATA_MAPPERS("5.2.59"),
        /** Names the CAR's list by the artifact id; before, {@code CompositeExporter} was added. */
        PLAIN_NAME("5.2.60"),
        /** Describes APIs and proxies to a catalogue, and takes API definitions. */
        DESCRIBES_SERVICES("5.2.73"),
        /** Packs {@code conf/config.properties}. */
        CONFIGURATION("5.2.78"),
        /** Looks into connectors for libraries that they ask for; before, it packs each file as it is. */
        OPENS_CONNECTORS("5.2.79"),
        /** Packs what {@code resources/artifact.xml} lists, and knows its folder in the registry. */
        RESOURCE_LIST("5.2.81"),
        /** Makes no description of an API that has its own. */
        LOOKS_FOR_OWN_APIS("5.2.87"),
        /** Takes an API's own description and definition only where it has none in {@code api-definitions}. */
        DEFINITIONS_FIRST("5.2.95"),
        /** Makes no description of a proxy that has its own. */
        LOOKS_FOR_OWN_PROXIES("5.2.97"),
        /** Leaves a connector's libraries out before Micro Integrator 4.4.0. */
        LIBRARIES_BY_RUNTIME("5.2.96"),
        /** Takes an API's own description with or without its definition; before, only both together. */
        OWN_DESCRIPTIONS("5.2.103"),
        DESCRIBES_DATA_SERVICES("5.2.104"),
        INBOUND_CONNECTORS("5.2.107"),
        /** Writes {@code descriptor.xml}. */
        DESCRIPTOR("5.3.1"),
        /** Keeps what it makes of a data mapper while its TypeScript is the same. */
        CACHES_DATA_MAPPERS("5.4.3"),
        /** Packs the CARs of a fat CAR as they are; before, it unpacked them. */
        CARS_WITHIN("5.4.9"),
        /** Its id is joined by two underscores, and it tells the kind of deployment. */
        DEPLOYMENT_KIND("5.4.11");

        private final String since;

        Trait(String since) {
            this.since = since;
        }
    }

    public boolean has(Trait trait) {
        return version.compareTo(new ComparableVersion(trait.since)) >= 0;
    }

    /** Whether the version is one whose packing nobody has read yet. */
    boolean isNewerThanRead() {
        return version.compareTo(new ComparableVersion(NEWEST_READ)) > 0;
    }

    @Override
    public String toString() {
        return Pom.CAR_PLUGIN + " " + version;
    }
}
