package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.source.CarZip;
import io.imaas.adapter.mi.source.Folders;
import io.imaas.model.image.Digest;
import io.imaas.model.source.ApiDescription;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.CarPart;
import io.imaas.port.CarParts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

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

    /** A jar, and who it says it is: Maven leaves its coordinates in it; else its file's name tells. */
    private static final class JavaLibrary {
        private static final Pattern COORDINATES = Pattern.compile("META-INF/maven/[^/]+/[^/]+/pom\\.properties");
        private static final Pattern FILE = Pattern.compile("(.+?)-(\\d[^/]*)");

        private JavaLibrary() {}

        static CarPart identify(String path, byte[] jar) {
            String file = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('!')) + 1);
            String base = file.substring(0, file.length() - ".jar".length());
            List<Properties> found = coordinates(jar);
            // A jar that packs others holds theirs too: then only its own name can tell which are its own.
            for (Properties maven : found) {
                String name = maven.getProperty("artifactId", "");
                if (found.size() == 1 || base.equals(name + "-" + maven.getProperty("version"))) {
                    return part(maven.getProperty("groupId", ""), name, maven.getProperty("version", ""), path, jar);
                }
            }
            Matcher named = FILE.matcher(base);
            return named.matches()
                    ? part("", named.group(1), named.group(2), path, jar)
                    : part("", base, "", path, jar);
        }

        /** The jars in an archive; none when it is not an archive, or unpacks to more than fits into memory. */
        static List<CarPart> within(String path, byte[] archive) {
            try {
                return CarZip.entries(archive).entrySet().stream()
                        .filter(entry -> entry.getKey().endsWith(".jar"))
                        .map(entry -> identify(path + "!/" + entry.getKey(), entry.getValue()))
                        .toList();
            } catch (IOException damaged) {
                // The verifier tells.
                return List.of();
            }
        }

        private static CarPart part(String group, String name, String version, String path, byte[] jar) {
            return new CarPart(
                    group, name, version, CarPart.JAR, path, Digest.of(jar).hex(), List.of());
        }

        private static List<Properties> coordinates(byte[] jar) {
            List<Properties> found = new ArrayList<>();
            try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(jar))) {
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    if (COORDINATES.matcher(entry.getName()).matches()) {
                        Properties maven = new Properties();
                        maven.load(new ByteArrayInputStream(zip.readNBytes(1 << 16)));
                        found.add(maven);
                    }
                }
            } catch (IOException | IllegalArgumentException damaged) {
                // Its file's name is all that is left to tell.
                return List.of();
            }
            return found;
        }
    }
}
