package io.imaas.adapter.mi.image;

import io.imaas.adapter.mi.pom.Pom.Dependency;
import io.imaas.adapter.mi.source.CarZip;
import io.imaas.adapter.xml.XmlElement;
import io.imaas.adapter.xml.XmlParser;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** A CAR as it lies on the disk, and what it says of itself. */
record PackedCar(Path file, SortedMap<String, byte[]> entries) {
    /** @throws io.imaas.model.failure.FailureException FAILED when it is not a CAR */
    static PackedCar read(Path file) {
        return new PackedCar(file, CarZip.read(file));
    }

    /** What its {@code descriptor.xml} names; none where it has no such file, as before version 5.3.1 of the plugin. */
    List<Dependency> dependencies() {
        return xml("descriptor.xml").flatMap(root -> root.child("dependencies")).stream()
                .flatMap(list -> list.children("dependency").stream())
                .map(Dependency::ofCar)
                .toList();
    }

    /** Whether the CARs that it needs are packed into it. */
    boolean isFat() {
        return says("fatCarEnabled");
    }

    /** Whether the runtime keeps its artifacts apart from those of other CARs. */
    boolean isVersioned() {
        return says("versionedDeployment");
    }

    private boolean says(String flag) {
        return xml("descriptor.xml")
                .map(root -> root.childText(flag).equals("true"))
                .orElse(false);
    }

    /** Whether it is the CAR of an artifact id and version. */
    boolean is(Dependency wanted) {
        return xml("artifacts.xml")
                .flatMap(root -> root.child("artifact"))
                .filter(a -> a.attribute("name").equals(wanted.artifactId())
                        && a.attribute("version").equals(wanted.version()))
                .isPresent();
    }

    Optional<XmlElement> xml(String entry) {
        return Optional.ofNullable(entries.get(entry))
                .flatMap(bytes -> XmlParser.readIfWellFormed(bytes, file + "!/" + entry));
    }
}
