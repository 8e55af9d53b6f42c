package io.imaas.adapter.mi.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is verified must be what the runtime unpacks. */
class CarZipTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil.xml",
                "a/../../evil.xml",
                "a/..",
                "/etc/evil.xml",
                "C:/evil.xml",
                "a\\..\\evil.xml",
                "a\u0000.xml",
                "a\n.xml"
            })
    void anEntryThatLeadsElsewhereIsRefused(String name) {
        assertThatThrownBy(() -> CarZip.entries(zip(name, "artifacts.xml")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("leads elsewhere");
    }

    /** One reader takes the first of two entries of one name, another the last. */
    @Test
    void anEntryThatIsThereTwiceIsRefused() throws IOException {
        byte[] twice = new String(zip("artifacts.xml", "artifactz.xml"), StandardCharsets.ISO_8859_1)
                .replace("artifactz.xml", "artifacts.xml")
                .getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> CarZip.entries(twice)).hasMessageContaining("twice");
    }

    @Test
    void anEntryOfAnotherFolderAndAFolderThatIsToldTwiceAreFine() throws IOException {
        byte[] folders = new String(zip("a/", "b/", "a/b..c/d.xml"), StandardCharsets.ISO_8859_1)
                .replace("b/PK", "a/PK")
                .getBytes(StandardCharsets.ISO_8859_1);

        assertThat(CarZip.entries(folders)).containsKeys("a/", "a/b..c/d.xml");
    }

    @Test
    void moreEntriesThanAnybodyNeedsAreRefused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < 100_001; i++) {
                zip.putNextEntry(new ZipEntry("a" + i));
            }
        }
        assertThatThrownBy(() -> CarZip.entries(bytes.toByteArray())).hasMessageContaining("more than 100000 entries");
    }

    private static byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                if (!name.endsWith("/")) {
                    zip.write(name.getBytes(StandardCharsets.UTF_8));
                }
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
