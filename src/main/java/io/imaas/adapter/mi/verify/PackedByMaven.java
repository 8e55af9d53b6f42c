package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.source.XmlDocument;
import io.imaas.adapter.mi.verify.CarArchive.Entry;
import java.util.Set;

/** What Maven adds to a CAR that no file of the sources shows: fetched connectors, compiled classes, other modules' parts. */
final class PackedByMaven {
    private static final Set<String> LIBRARIES = Set.of("synapse/lib", "lib/connector/dependency");
    private static final Set<String> STUDIO_MODULES = Set.of(
            "registry/resource",
            "synapse/lib",
            "lib/synapse/mediator",
            "lib/library/bundle",
            "synapse/metadata",
            "config/property");

    private final ProjectSources sources;
    private final boolean dependencies;

    PackedByMaven(ProjectSources sources) {
        this.sources = sources;
        this.dependencies = sources.tree().has("pom.xml")
                && sources.xml("pom.xml")
                        .map(XmlDocument::root)
                        .flatMap(p -> p.child("dependencies"))
                        .map(d -> !d.children().isEmpty())
                        .orElse(false);
    }

    boolean explains(Entry entry) {
        if (sources.studio() && STUDIO_MODULES.contains(entry.type())) {
            return true;
        }
        if (LIBRARIES.contains(entry.type())) {
            return dependencies;
        }
        if (entry.type().equals("lib/synapse/mediator")) {
            return !sources.project().classMediators().isEmpty();
        }
        return entry.type().equals("registry/resource")
                && !sources.project().dataMappers().isEmpty()
                && entry.name().matches(".*(_dmc|_(in|out)putSchema_json)");
    }
}
