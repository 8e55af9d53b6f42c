package io.imaas.adapter.mi.image;

import io.imaas.adapter.mi.build.NativeCarBuilder;
import io.imaas.adapter.mi.pom.LocalRepository;
import io.imaas.adapter.mi.pom.Pom;
import io.imaas.adapter.mi.pom.Pom.Dependency;
import io.imaas.adapter.mi.pom.PomReader;
import io.imaas.adapter.mi.project.MiProjectDetector;
import io.imaas.adapter.mi.source.Folders;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.MiProject;
import io.imaas.port.CarBuilder;
import io.imaas.port.ImageCars.Wanted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The CARs that a CAR depends on, each behind those that it depends on itself. Looked for among the files that were given,
 * the projects beside this one, and Maven's local repository.
 */
final class DependentCars {
    private final Wanted wanted;
    private final List<PackedCar> given;
    private final Set<String> seen = new HashSet<>();
    private final List<PackedCar> found = new ArrayList<>();

    DependentCars(Wanted wanted) {
        this.wanted = wanted;
        this.given = wanted.given().stream().map(PackedCar::read).toList();
    }

    /** @param car of the project */
    List<PackedCar> of(PackedCar car) {
        if (!car.isFat()) {
            fromPom().forEach(this::add);
            car.dependencies().forEach(this::add);
        }
        given.stream().filter(one -> !found.contains(one)).forEach(found::add);
        return found;
    }

    /** The pom's own, since the CARs of older plugins do not name them. */
    private List<Dependency> fromPom() {
        Path folder = Path.of(wanted.project().folder());
        if (wanted.project().layout() != MiProject.Layout.VS_CODE) {
            return List.of();
        }
        return new PomReader(folder)
                .read(folder.resolve("pom.xml")).dependencies().stream()
                        .filter(one -> one.type().equals("car"))
                        .toList();
    }

    private void add(Dependency dependency) {
        if (!seen.add(dependency.coordinates())) {
            return;
        }
        PackedCar car = given.stream()
                .filter(one -> one.is(dependency))
                .findFirst()
                .or(() -> beside(dependency))
                .or(() -> new LocalRepository(wanted.localRepository())
                        .file(dependency)
                        .map(PackedCar::read))
                .orElseThrow(() -> FailureException.input(
                        "the CAR " + dependency.coordinates() + " that the project depends on is not at hand",
                        wanted.project().folder(),
                        "mvn dependency:get -Dartifact=" + dependency.coordinates()
                                + ":car, or give the file with --with-car"));
        if (!car.isFat()) {
            car.dependencies().forEach(this::add);
        }
        found.add(car);
    }

    /** Of a project in the folder that holds this one, packed from its sources as they are. */
    private Optional<PackedCar> beside(Dependency dependency) {
        Path own = Path.of(wanted.project().folder()).toAbsolutePath().normalize();
        return own.getParent() == null
                ? Optional.empty()
                : Folders.folders(own.getParent()).stream()
                        .filter(other -> !other.equals(own) && Files.isDirectory(other.resolve("src/main/wso2mi")))
                        .filter(other -> isOf(other, dependency))
                        .findFirst()
                        .map(this::packed);
    }

    private static boolean isOf(Path project, Dependency dependency) {
        Pom pom = new PomReader(project).read(project.resolve("pom.xml"));
        return pom.groupId().equals(dependency.groupId())
                && pom.artifactId().equals(dependency.artifactId())
                && pom.version().equals(dependency.version());
    }

    private PackedCar packed(Path other) {
        MiProject project = new MiProjectDetector().inspect(other).get(0);
        CarBuilder.Options options = new CarBuilder.Options(
                CarBuilder.Choice.NATIVE, wanted.localRepository(), wanted.folder(), false, true);
        return PackedCar.read(Path.of(
                new NativeCarBuilder().build(project, options, line -> {}).path()));
    }
}
