package io.imaas.adapter.mi.image;

import io.imaas.adapter.mi.verify.InboundPortCheck;
import io.imaas.adapter.xml.XmlElement;
import io.imaas.model.failure.FailureException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What two CARs of one runtime may not both have: an artifact of one kind and name, an API's context, and the port of an
 * inbound endpoint. The runtime would refuse the second CAR, and the pod would never be ready.
 */
final class CarConflicts {
    /** Kept once for all CARs, or apart for each. */
    private static final Set<String> SHARED = Set.of("synapse/lib", "lib/connector/dependency", "config/property");

    private record Taken(PackedCar car, XmlElement by) {}

    private final Map<String, Taken> taken = new HashMap<>();

    private CarConflicts() {}

    /** @throws FailureException INPUT when two of them have the same */
    static void refuse(List<PackedCar> cars) {
        CarConflicts conflicts = new CarConflicts();
        cars.forEach(conflicts::add);
    }

    private void add(PackedCar car) {
        car.entries().keySet().stream()
                .filter(entry -> entry.matches("[^/]+/artifact\\.xml"))
                .forEach(entry -> car.xml(entry)
                        .filter(artifact -> !SHARED.contains(artifact.attribute("type")))
                        .ifPresent(artifact -> artifact(car, entry.substring(0, entry.indexOf('/') + 1), artifact)));
    }

    private void artifact(PackedCar car, String folder, XmlElement artifact) {
        String type = artifact.attribute("type");
        if (type.equals("synapse/inbound-endpoint")) {
            car.xml(folder + artifact.childText("file"))
                    .flatMap(InboundPortCheck::port)
                    .ifPresent(port -> take(
                            car, "an inbound endpoint on port " + port.text().strip(), port));
        }
        if (car.isVersioned()) {
            return;
        }
        take(car, type + " '" + artifact.attribute("name") + "'", artifact);
        if (type.equals("synapse/api")) {
            car.xml(folder + artifact.childText("file"))
                    .ifPresent(api -> take(
                            car,
                            "an API with the context " + api.attribute("context")
                                    + (api.has("version") ? " and the version " + api.attribute("version") : ""),
                            api));
        }
    }

    private void take(PackedCar car, String what, XmlElement by) {
        Taken other = taken.putIfAbsent(what, new Taken(car, by));
        if (other != null && !other.car().equals(car)) {
            throw FailureException.input(
                    "two CARs of one image have " + what,
                    other.by().location() + " and " + by.location(),
                    "change or remove one of them, then build both again");
        }
    }
}
