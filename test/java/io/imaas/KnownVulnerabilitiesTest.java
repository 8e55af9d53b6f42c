package io.imaas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.apache.maven.artifact.versioning.ComparableVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whether a version of a library that comes with us has a known weakness, by records in the form of OSV (ossf.github.io/osv-schema):
 * {@code IMAAS_OSV} names a folder of them, or the archive of the Maven ecosystem.
 */
class KnownVulnerabilitiesTest {
    private static final String SET = "IMAAS_OSV";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void noLibraryHasAKnownWeakness() throws IOException {
        String database = System.getenv(SET);
        if (database == null) {
            System.out.println("imaas verify: libraries were not checked against known vulnerabilities: set " + SET
                    + " to a folder of OSV records or to the archive of OSV's Maven ecosystem");
        }
        assumeThat(database).isNotNull();
        assertThat(weaknesses(Path.of(database), libraries())).isEmpty();
    }

    @Test
    void ourLibrariesAreFound() throws IOException {
        assertThat(libraries())
                .containsKeys("com.fasterxml.jackson.core:jackson-databind", "commons-codec:commons-codec");
    }

    @ParameterizedTest
    @CsvSource({
        "1.9.9, false",
        "2.0.0, true",
        "2.9.10, true",
        "2.10.0-rc1, true",
        "2.10.0, false",
        "3.1, true",
    })
    void aVersionIsAffectedWhenItIsListedOrWithinARange(String version, boolean affected) throws IOException {
        Files.writeString(
                folder.resolve("GHSA-1.json"),
                """
                {"id": "GHSA-1", "summary": "bad things", "affected": [
                  {"package": {"ecosystem": "npm", "name": "a:b"}, "versions": ["1.9.9", "2.10.0"]},
                  {"package": {"ecosystem": "Maven", "name": "a:b"}, "versions": ["3.1"], "ranges": [
                    {"type": "ECOSYSTEM", "events": [{"introduced": "2.0.0"}, {"fixed": "2.10.0"}]}]}]}
                """);
        Files.writeString(
                folder.resolve("GHSA-2.json"),
                """
                {"id": "GHSA-2", "withdrawn": "2026-01-01T00:00:00Z", "affected": [
                  {"package": {"ecosystem": "Maven", "name": "a:b"}, "versions": ["1.9.9", "2.10.0"]}]}
                """);
        Set<String> found = weaknesses(folder, Map.of("a:b", version));
        assertThat(found).isEqualTo(affected ? Set.of("a:b " + version + ": GHSA-1 bad things") : Set.of());
    }

    /** By {@code group:artifact}: all on the class path that says what it is. */
    private static Map<String, String> libraries() throws IOException {
        Map<String, String> found = new TreeMap<>();
        for (String path : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
            if (path.endsWith(".jar")) {
                try (JarFile jar = new JarFile(path)) {
                    for (Enumeration<JarEntry> all = jar.entries(); all.hasMoreElements(); ) {
                        JarEntry entry = all.nextElement();
                        if (entry.getName().matches("META-INF/maven/[^/]+/[^/]+/pom\\.properties")) {
                            Properties said = new Properties();
                            try (InputStream in = jar.getInputStream(entry)) {
                                said.load(in);
                            }
                            found.put(
                                    said.getProperty("groupId") + ":" + said.getProperty("artifactId"),
                                    said.getProperty("version"));
                        }
                    }
                }
            }
        }
        return found;
    }

    private static Set<String> weaknesses(Path database, Map<String, String> libraries) throws IOException {
        if (Files.isRegularFile(database)) {
            try (FileSystem archive = FileSystems.newFileSystem(database)) {
                return weaknesses(archive.getPath("/"), libraries);
            }
        }
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(database)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".json")).toList()) {
                JsonNode record = JSON.readTree(Files.readAllBytes(file));
                for (JsonNode affected : record.path("affected")) {
                    String name = affected.at("/package/name").asText();
                    String version = libraries.get(name);
                    if (affected.at("/package/ecosystem").asText().equals("Maven")
                            && version != null
                            && !record.has("withdrawn")
                            && isAffected(version, affected)) {
                        found.add(
                                name + " " + version + ": " + record.path("id").asText() + " "
                                        + record.path("summary").asText());
                    }
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return found;
    }

    private static boolean isAffected(String version, JsonNode affected) {
        List<String> listed = new ArrayList<>();
        affected.path("versions").forEach(one -> listed.add(one.asText()));
        if (listed.contains(version)) {
            return true;
        }
        ComparableVersion ours = new ComparableVersion(version);
        boolean within = false;
        for (JsonNode range : affected.path("ranges")) {
            boolean open = false;
            for (JsonNode event : range.path("events")) {
                if (event.has("introduced")) {
                    open |= isAtLeast(ours, event.path("introduced").asText());
                } else if (event.has("fixed")) {
                    open &= !isAtLeast(ours, event.path("fixed").asText());
                } else if (event.has("last_affected")) {
                    open &= ours.compareTo(new ComparableVersion(
                                    event.path("last_affected").asText()))
                            <= 0;
                }
            }
            within |= open && range.path("type").asText().equals("ECOSYSTEM");
        }
        return within;
    }

    private static boolean isAtLeast(ComparableVersion ours, String other) {
        return other.equals("0") || ours.compareTo(new ComparableVersion(other)) >= 0;
    }
}
