package io.imaas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.imaas.testing.OsvRecords;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
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
    private static final Path RECORDS = Path.of("test/fixtures/osv");

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
        assertThat(OsvRecords.weaknesses(Path.of(database), libraries())).isEmpty();
    }

    @Test
    void ourLibrariesAreFound() throws IOException {
        assertThat(libraries())
                .containsKeys("com.fasterxml.jackson.core:jackson-databind", "commons-codec:commons-codec");
    }

    @ParameterizedTest
    @CsvSource({
        "parser, 1.9.9, ''",
        "parser, 2.0.0, GHSA-2222-3333-4444",
        "parser, 2.10.0-rc1, GHSA-2222-3333-4444",
        "parser, 2.10.0, ''",
        "parser, 3.0.0-alpha1, ''",
        "parser, 3.0.1, GHSA-2222-3333-4444",
        "parser, 3.0.2, ''",
        "parser-old, 0.1-alpha, GHSA-2222-3333-4444",
        "parser-old, 1.9, GHSA-2222-3333-4444",
        "parser-old, 1.9.1, ''",
        "native, 1.1-jre, OSV-2026-17",
        "native, 1.1, ''",
        "semantic, 1.0.0-rc.1, GHSA-4444-5555-6666",
        "semantic, 1.999.0, GHSA-4444-5555-6666",
        "semantic, 2.0.0, ''",
    })
    void aVersionIsAffectedWhenItIsListedOrWithinARange(String name, String version, String id) throws IOException {
        Set<String> found = OsvRecords.weaknesses(RECORDS, Map.of("org.example:" + name, version));
        assertThat(found).hasSize(id.isEmpty() ? 0 : 1).allSatisfy(told -> assertThat(told)
                .startsWith("org.example:" + name + " " + version + ": " + id + " ("));
    }

    @Test
    void aWeaknessIsToldWithItsOtherNamesAndItsNewestSeverity() throws IOException {
        assertThat(OsvRecords.weaknesses(RECORDS, Map.of("org.example:parser", "2.5", "org.example:native", "1.0")))
                .containsExactly(
                        "org.example:native 1.0: OSV-2026-17 (CVE-2026-22222) CVSS:3.1/AV:L/AC:H/PR:L/UI:N/S:U/C:L/I:N/A:N:"
                                + " Commits say where it began.",
                        "org.example:parser 2.5: GHSA-2222-3333-4444 (CVE-2026-11111) HIGH"
                                + " CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N:"
                                + " A parser reads without end");
    }

    @Test
    void anArchiveIsReadAndWhatCannotBeReadIsNotPassedOver() throws IOException {
        Path archive = folder.resolve("all.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(archive))) {
            out.putNextEntry(new ZipEntry("GHSA-2222-3333-4444.json"));
            Files.copy(RECORDS.resolve("GHSA-2222-3333-4444.json"), out);
        }
        assertThat(OsvRecords.weaknesses(archive, Map.of("org.example:parser", "2.5")))
                .hasSize(1);
        Path broken = Files.createDirectory(folder.resolve("broken"));
        assertThatThrownBy(() -> OsvRecords.weaknesses(broken, Map.of())).hasMessageContaining("has no records");
        Files.writeString(broken.resolve("GHSA-1.json"), "{\"id\": ");
        assertThatThrownBy(() -> OsvRecords.weaknesses(broken, Map.of()))
                .hasMessageContaining("GHSA-1.json can't be read");
        Files.writeString(broken.resolve("GHSA-1.json"), "[]");
        assertThatThrownBy(() -> OsvRecords.weaknesses(broken, Map.of())).hasMessageContaining("not a record of OSV");
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
}
