package io.imaas.adapter.mi.image;

import io.imaas.adapter.mi.build.Libraries;
import io.imaas.adapter.mi.layout.VsCodeLayout;
import io.imaas.adapter.mi.pom.LocalRepository;
import io.imaas.adapter.mi.pom.Pom;
import io.imaas.adapter.mi.pom.PomReader;
import io.imaas.adapter.mi.source.CarZip;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.source.MiProject;
import io.imaas.port.ImageCars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
            throw FailureException.input("there is no CAR", wanted.car().toString(), "build it first: imaas build DIR");
        }
        Path folder = Path.of(wanted.project().folder(), "target", "imaas", "image");
        PackedCar own = PackedCar.read(wanted.car());
        List<PackedCar> before = new DependentCars(wanted, folder).of(own);
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
}
