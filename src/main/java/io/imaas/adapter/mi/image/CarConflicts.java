package io.imaas.adapter.mi.image;

import io.imaas.adapter.mi.source.XmlElement;
import io.imaas.adapter.mi.source.XmlParser;
import io.imaas.model.failure.FailureException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What two CARs of one runtime may not both have: an artifact of one kind and name, and an API's context. The runtime would
 * refuse the second CAR, and the pod would never be ready.
 */
final class CarConflicts {
    /** Kept once for all CARs, or apart for each. */
    private static final Set<String> SHARED = Set.of("synapse/lib", "lib/connector/dependency", "config/property");

    private final Map<String, PackedCar> taken = new HashMap<>();

    private CarConflicts() {}

    /** @throws FailureException INPUT when two of them have the same */
    static void refuse(List<PackedCar> cars) {
        CarConflicts conflicts = new CarConflicts();
        cars.stream().filter(car -> !car.isVersioned()).forEach(conflicts::add);
    }

    private void add(PackedCar car) {
        car.entries().forEach((entry, content) -> {
            if (entry.matches("[^/]+/artifact\\.xml")) {
                XmlParser.readIfWellFormed(content, entry)
                        .filter(artifact -> !SHARED.contains(artifact.attribute("type")))
                        .ifPresent(artifact -> artifact(car, entry.substring(0, entry.indexOf('/')), artifact));
            }
        });
    }

    private void artifact(PackedCar car, String folder, XmlElement artifact) {
        String type = artifact.attribute("type");
        take(car, type + " '" + artifact.attribute("name") + "'");
        if (type.equals("synapse/api")) {
            car.xml(folder + "/" + artifact.childText("file"))
                    .ifPresent(api -> take(
                            car,
                            "an API with the context " + api.attribute("context")
                                    + (api.has("version") ? " and the version " + api.attribute("version") : "")));
        }
    }

    private void take(PackedCar car, String what) {
        PackedCar other = taken.putIfAbsent(what, car);
        if (other != null && !other.equals(car)) {
            throw FailureException.input(
                    "two CARs of one image have " + what,
                    other.file().getFileName() + " and " + car.file().getFileName(),
                    "rename or remove one of them, then build both again");
        }
    }
}
