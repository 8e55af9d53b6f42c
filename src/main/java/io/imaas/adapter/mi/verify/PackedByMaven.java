package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.verify.CarArchive.Entry;
import java.util.Set;

/** What Maven adds to a CAR that no file of the sources shows: fetched connectors, compiled classes, other modules' parts. */
record PackedByMaven(ProjectSources sources) {
    private static final Set<String> LIBRARIES = Set.of("synapse/lib", "lib/connector/dependency");
    private static final Set<String> STUDIO_MODULES = Set.of(
            "registry/resource",
            "synapse/lib",
            "lib/synapse/mediator",
            "lib/library/bundle",
            "synapse/metadata",
            "config/property");

    private boolean hasDependencies() {
        return sources.tree().has("pom.xml")
                && sources.xml("pom.xml")
                        .flatMap(pom -> pom.root().child("dependencies"))
                        .filter(d -> !d.children().isEmpty())
                        .isPresent();
    }

    boolean explains(Entry entry) {
        if (sources.studio() && STUDIO_MODULES.contains(entry.type())) {
            return true;
        }
        if (LIBRARIES.contains(entry.type())) {
            return hasDependencies();
        }
        if (entry.type().equals("lib/synapse/mediator")) {
            return !sources.project().classMediators().isEmpty();
        }
        return false;
    }
}
