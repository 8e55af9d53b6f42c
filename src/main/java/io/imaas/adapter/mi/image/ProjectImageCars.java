package io.imaas.adapter.mi.image;

import io.imaas.adapter.mi.build.Libraries;
import io.imaas.adapter.mi.layout.VsCodeLayout;
import io.imaas.adapter.mi.pom.LocalRepository;
import io.imaas.adapter.mi.pom.Pom;
import io.imaas.adapter.mi.pom.PomReader;
import io.imaas.adapter.mi.source.CarZip;
import io.imaas.adapter.mi.verify.InboundPortCheck;
import io.imaas.adapter.xml.XmlElement;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.source.MiProject;
import io.imaas.port.ImageCars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** By the project's pom and the CAR's own descriptor. */
public final class ProjectImageCars implements ImageCars {
    @Override
    public List<Path> places(MiProject project) {
        Path folder = Path.of(project.folder());
        Set<String> names = new LinkedHashSet<>();
        Path location = folder.resolve("target");
        if (project.layout() == MiProject.Layout.VS_CODE) {
            Pom pom = new PomReader(folder).read(folder.resolve("pom.xml"));
            names.add(pom.carName());
            location = pom.carSetting("archiveLocation").map(folder::resolve).orElse(location);
        }
        names.add(project.artifactId() + "_" + project.version() + ".car");
        names.add(project.artifactId() + "-" + project.version() + ".car");
        return Stream.of(folder.resolve("target/imaas"), location)
                .flatMap(place -> names.stream().map(place::resolve))
                .toList();
    }

    @Override
    public List<Path> of(Wanted wanted) {
        if (!Files.isRegularFile(wanted.car())) {
            throw FailureException.input("there is no CAR", wanted.car().toString(), "imaas build DIR");
        }
        Path folder = wanted.folder();
        PackedCar own = PackedCar.read(wanted.car());
        List<PackedCar> before = new DependentCars(wanted).of(own);
        CarConflicts.refuse(Stream.concat(before.stream(), Stream.of(own)).toList());
        Optional<ConnectorSplit> split = ConnectorSplit.of(own);
        if (before.isEmpty() && split.isEmpty()) {
            return List.of(wanted.car());
        }
        List<Path> cars = new ArrayList<>();
        split.ifPresent(parts -> cars.add(write(folder, 0, "connectors.car", parts.connectors())));
        before.forEach(car ->
                cars.add(write(folder, cars.size(), car.file().getFileName().toString(), car.entries())));
        cars.add(write(
                folder,
                cars.size(),
                wanted.car().getFileName().toString(),
                split.map(ConnectorSplit::rest).orElse(own.entries())));
        return cars;
    }

    @Override
    public List<Path> libraries(Wanted wanted) {
        if (wanted.project().layout() != MiProject.Layout.VS_CODE) {
            return List.of();
        }
        VsCodeLayout layout = new VsCodeLayout(Path.of(wanted.project().folder()));
        Pom pom = new PomReader(layout.root()).read(layout.pom());
        LocalRepository repository = new LocalRepository(wanted.localRepository());
        return Libraries.of(layout, pom).missing().stream()
                .map(repository::require)
                .toList();
    }

    /** Numbered, since runtimes before 4.5 load CARs in the order of their file names. */
    private static Path write(Path folder, int number, String name, Map<String, byte[]> entries) {
        Path file = folder.resolve(String.format("%02d-%s", number, name));
        try {
            Files.createDirectories(folder);
            return Files.write(file, CarZip.write(entries));
        } catch (IOException e) {
            throw FailureException.external(
                    "a CAR for the image can't be written: " + Reason.of(e),
                    file.toString(),
                    "check the folder and its disk",
                    e);
        }
    }

    /**
     * What two CARs of one runtime may not both have: an artifact of one kind and name, an API's context, and the port of an
     * inbound endpoint. The runtime would refuse the second CAR, and the pod would never be ready.
     */
    private static final class CarConflicts {
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
                            .ifPresent(
                                    artifact -> artifact(car, entry.substring(0, entry.indexOf('/') + 1), artifact)));
        }

        private void artifact(PackedCar car, String folder, XmlElement artifact) {
            String type = artifact.attribute("type");
            if (type.equals("synapse/inbound-endpoint")) {
                car.xml(folder + artifact.childText("file"))
                        .flatMap(InboundPortCheck::port)
                        .ifPresent(port -> take(
                                car,
                                "an inbound endpoint on port " + port.text().strip(),
                                port));
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
}
