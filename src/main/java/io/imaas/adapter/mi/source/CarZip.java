package io.imaas.adapter.mi.source;

import io.imaas.model.failure.FailureException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Zip files whose bytes follow from their contents alone: entries in the order given, one fixed time, no compression
 * (deflated bytes differ between zlib versions, and an image layer is compressed anyway).
 */
public final class CarZip {
    /** The earliest time that a zip can tell; a local time, so that no time zone comes in. */
    private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

    private static final int MOST = 100_000;

    /** Names that stay below the folder into which they are unpacked, on every system. */
    private static final Pattern PLAIN = Pattern.compile("(?!/|[A-Za-z]:)(?!(?:.*/)?\\.\\.(?:/|$))[^\\\\\\p{Cntrl}]++");

    private CarZip() {}

    /** @param entries contents by name; a name that ends with a slash is a folder */
    public static byte[] write(Map<String, byte[]> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(header(entry.getKey(), entry.getValue()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a zip in memory", e);
        }
        return bytes.toByteArray();
    }

    private static ZipEntry header(String name, byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry header = new ZipEntry(name);
        header.setTimeLocal(EPOCH);
        header.setSize(content.length);
        header.setCompressedSize(content.length);
        header.setCrc(crc.getValue());
        return header;
    }

    /**
     * All entries sorted by name, without folders.
     *
     * @throws FailureException FAILED when the file is not a zip, or unpacks to more than fits into memory
     */
    public static SortedMap<String, byte[]> files(Path file) {
        SortedMap<String, byte[]> entries = read(file);
        entries.keySet().removeIf(name -> name.endsWith("/"));
        return entries;
    }

    /** All entries sorted by name. @throws FailureException FAILED as {@link #files} */
    public static SortedMap<String, byte[]> read(Path file) {
        try {
            return new TreeMap<>(entries(Folders.bytes(file)));
        } catch (IOException e) {
            throw FailureException.failed(
                    "the CAR can't be read: " + e.getMessage(), file.toString(), "build it again");
        }
    }

    /**
     * All entries in their order.
     *
     * @throws IOException when it is no zip, unpacks to more than fits into memory, or holds what another reader could unpack
     *     as something else: a name twice, or one that leads out of the folder
     */
    public static Map<String, byte[]> entries(byte[] zipped) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        long left = Folders.LARGEST;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(zipped), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] content = zip.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, left));
                left -= content.length;
                if (zip.read() >= 0) {
                    throw new IOException("it unpacks to more than " + Folders.LARGEST + " bytes");
                }
                String name = entry.getName();
                boolean twice = entries.put(name, content) != null && !entry.isDirectory();
                if (twice || !PLAIN.matcher(name).matches()) {
                    throw new IOException("it has an entry twice, or one that leads elsewhere: " + name);
                }
                if (entries.size() > MOST) {
                    throw new IOException("it has more than " + MOST + " entries");
                }
            }
        }
        if (entries.isEmpty()) {
            throw new IOException("no zip, or an empty one");
        }
        return entries;
    }
}
