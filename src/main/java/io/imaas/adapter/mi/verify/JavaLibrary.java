package io.imaas.adapter.mi.verify;

import io.imaas.model.image.Digest;
import io.imaas.model.source.CarPart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A jar, and who it says it is: Maven leaves its coordinates in it; else its file's name tells. */
final class JavaLibrary {
    private static final Pattern COORDINATES = Pattern.compile("META-INF/maven/[^/]+/[^/]+/pom\\.properties");
    private static final Pattern FILE = Pattern.compile("(.+?)-(\\d[^/]*)");

    /** A connector is some megabytes; what unpacks to more than this is made to fill memory. */
    private static final long LARGEST = 512L << 20;

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
        return named.matches() ? part("", named.group(1), named.group(2), path, jar) : part("", base, "", path, jar);
    }

    /** The jars in an archive; none when it is no archive. */
    static List<CarPart> within(String path, byte[] archive) {
        List<CarPart> libraries = new ArrayList<>();
        long left = LARGEST;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null && left > 0; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith(".jar")) {
                    byte[] jar = zip.readNBytes((int) left);
                    left -= jar.length;
                    libraries.add(identify(path + "!/" + entry.getName(), jar));
                }
            }
        } catch (IOException damaged) {
            // The verifier tells; a list of parts goes as far as it can be read.
            return libraries;
        }
        return libraries;
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
