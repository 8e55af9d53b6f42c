package io.imaas.adapter.helm;

import io.imaas.model.failure.FailureException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The files of a chart: path below its folder to content, sorted. */
final class ChartFiles {
    /** Far more than any chart of a service has. */
    private static final int MOST_FILES = 2_000;

    private static final int MOST_BYTES = 5_000_000;

    private ChartFiles() {}

    static Map<String, byte[]> of(Path folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                files.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        return checked(files, folder.toString());
    }

    /** Of an archive as {@code helm package} makes it: all below one folder. */
    static Map<String, byte[]> ofArchive(byte[] archive, String where) {
        Map<String, byte[]> files = new TreeMap<>();
        long room = MOST_BYTES;
        try (var tar = new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isDirectory() || entry.isGlobalPaxHeader() || entry.isPaxHeader()) {
                    continue;
                }
                String path = entry.getName().substring(entry.getName().indexOf('/') + 1);
                if (!entry.isFile() || entry.isSymbolicLink() || entry.isLink()) {
                    throw bad("holds something other than files: " + entry.getName(), where);
                }
                if (entry.getSize() > room || files.size() == MOST_FILES) {
                    throw bad("is too large", where);
                }
                room -= entry.getSize();
                files.put(path, tar.readAllBytes());
            }
        } catch (IOException e) {
            throw bad("can't be unpacked: " + e.getMessage(), where);
        }
        return checked(files, where);
    }

    /** Refuses what is not a chart, or would be written elsewhere than into its folder. */
    static Map<String, byte[]> checked(Map<String, byte[]> files, String where) {
        if (!files.containsKey("Chart.yaml")) {
            throw FailureException.input("there is no chart here", where, "a chart's folder has a Chart.yaml");
        }
        long bytes = 0;
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            bytes += file.getValue().length;
            for (String name : file.getKey().split("[/\\\\]", -1)) {
                if (name.isEmpty() || name.equals(".") || name.equals("..")) {
                    throw bad("has a file outside of its folder: " + file.getKey(), where);
                }
            }
        }
        if (bytes > MOST_BYTES || files.size() > MOST_FILES) {
            throw bad("is too large", where);
        }
        return files;
    }

    /** {@code sha256:…} over paths and contents. */
    static String digest(Map<String, byte[]> files) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            new TreeMap<>(files).forEach((path, content) -> {
                sha.update((path + '\0' + content.length + '\0').getBytes(StandardCharsets.UTF_8));
                sha.update(content);
            });
            return "sha256:" + HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static FailureException bad(String what, String where) {
        return FailureException.input(
                "the chart " + what,
                where,
                "a chart is at most " + MOST_FILES + " files and " + MOST_BYTES / 1_000_000 + " MB, without links");
    }
}
