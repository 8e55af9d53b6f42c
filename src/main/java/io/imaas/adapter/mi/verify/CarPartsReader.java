package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.source.Folders;
import io.imaas.model.image.Digest;
import io.imaas.model.source.ApiDescription;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.CarPart;
import io.imaas.port.CarParts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the parts of a CAR from its {@code artifact.xml} files, and the Java libraries from wherever they lie. */
public final class CarPartsReader implements CarParts {
    @Override
    public List<CarPart> of(CarFile car) {
        CarArchive archive = new CarArchive(Path.of(car.path()));
        Map<String, byte[]> entries = archive.entries();
        List<CarPart> parts = new ArrayList<>();
        Set<String> named = new HashSet<>();
        // The CAR's own artifact.xml has no file; what is broken is the verifier's business.
        for (CarArchive.Entry entry : archive.artifacts(new Findings())) {
            byte[] bytes = entries.get(entry.path());
            if (bytes == null) {
                continue;
            }
            named.add(entry.path());
            parts.add(
                    isJar(entry.path())
                            ? JavaLibrary.identify(entry.path(), bytes)
                            : new CarPart(
                                    "",
                                    entry.name(),
                                    entry.version(),
                                    entry.type(),
                                    entry.path(),
                                    Digest.of(bytes).hex(),
                                    JavaLibrary.within(entry.path(), bytes)));
        }
        entries.forEach((path, bytes) -> {
            if (isJar(path) && !named.contains(path)) {
                parts.add(JavaLibrary.identify(path, bytes));
            }
        });
        return parts;
    }

    @Override
    public List<ApiDescription> apis(byte[] car, String shown) {
        return CarApis.of(car, shown);
    }

    @Override
    public CarPart file(Path file) {
        String name = String.valueOf(file.getFileName());
        byte[] bytes = Folders.bytes(file);
        if (isJar(name)) {
            return JavaLibrary.identify(name, bytes);
        }
        List<CarPart> libraries = new ArrayList<>();
        for (CarPart part : of(new CarFile(file.toString(), name, "", "", ""))) {
            (part.type().equals(CarPart.JAR) ? List.of(part) : part.libraries())
                    .forEach(library -> libraries.add(new CarPart(
                            library.group(),
                            library.name(),
                            library.version(),
                            library.type(),
                            name + "!/" + library.path(),
                            library.sha256(),
                            List.of())));
        }
        return new CarPart("", name, "", "car", name, Digest.of(bytes).hex(), libraries);
    }

    private static boolean isJar(String path) {
        return path.endsWith(".jar");
    }
}
