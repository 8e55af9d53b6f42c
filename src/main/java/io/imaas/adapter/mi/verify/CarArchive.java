package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.source.MalformedXmlException;
import io.imaas.adapter.mi.source.XmlElement;
import io.imaas.adapter.mi.source.XmlParser;
import io.imaas.model.failure.FailureException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A CAR's entries and what its {@code artifact.xml} files say of them. */
final class CarArchive {
    /** A CAR holds text and connectors; one beyond this is no CAR of ours. */
    /** All of it is held in memory, so a small heap takes less. */
    private static final long LARGEST = Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 8);

    private final Map<String, byte[]> entries = new TreeMap<>();
    private final String file;
    private final XmlParser parser = new XmlParser();

    private CarArchive(String file) {
        this.file = file;
    }

    /** @throws FailureException FAILED when it is no zip archive */
    static CarArchive read(Path path) {
        CarArchive archive = new CarArchive(path.toString());
        try (ZipFile zip = new ZipFile(path.toFile())) {
            long left = LARGEST;
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                if (!entry.isDirectory()) {
                    byte[] bytes = content(zip, entry, left);
                    left -= bytes.length;
                    archive.entries.put(entry.getName(), bytes);
                }
            }
        } catch (IOException e) {
            throw new FailureException(
                    FailureException.failed(
                                    "the CAR can't be read: " + e.getMessage(), path.toString(), "build it again")
                            .failure(),
                    e);
        }
        return archive;
    }

    private static byte[] content(ZipFile zip, ZipEntry entry, long limit) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, limit));
            if (in.read() >= 0) {
                throw new IOException("it unpacks to more than " + LARGEST + " bytes");
            }
            return bytes;
        }
    }

    Map<String, byte[]> entries() {
        return entries;
    }

    /** An artifact of the CAR: its folder, what its {@code artifact.xml} says, and the file named there. */
    record Entry(String folder, String name, String version, String type, String file) {
        String path() {
            return folder + "/" + file;
        }
    }

    /** All artifacts; an unreadable {@code artifact.xml} becomes a problem. */
    List<Entry> artifacts(Findings findings) {
        List<Entry> found = new ArrayList<>();
        for (String path : entries.keySet()) {
            if (path.endsWith("/artifact.xml")) {
                xml(path, findings)
                        .map(root -> new Entry(
                                path.substring(0, path.lastIndexOf('/')),
                                root.attribute("name"),
                                root.attribute("version"),
                                root.attribute("type"),
                                root.childText("file")))
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    /** The root element of an entry, or empty when there is none; one that is not well-formed becomes a problem. */
    Optional<XmlElement> xml(String path, Findings findings) {
        byte[] bytes = entries.get(path);
        if (bytes == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser.parse(bytes, file + "!/" + path).root());
        } catch (MalformedXmlException e) {
            findings.error("car-not-well-formed", e.where(), e.getMessage(), "build it again");
            return Optional.empty();
        }
    }
}
