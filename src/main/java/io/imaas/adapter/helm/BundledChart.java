package io.imaas.adapter.helm;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The platform's chart for MI services, as it comes with the program. */
public final class BundledChart {
    private static final String ROOT = "helm/mi-service";

    private BundledChart() {}

    /** Its files: path below the chart's folder to content, sorted. */
    public static Map<String, byte[]> files() {
        try {
            URL chart = Objects.requireNonNull(
                    BundledChart.class.getClassLoader().getResource(ROOT + "/Chart.yaml"), "the chart is not bundled");
            if (chart.openConnection() instanceof JarURLConnection connection) {
                Path jar = Path.of(connection.getJarFileURL().toURI());
                try (FileSystem inside = FileSystems.newFileSystem(jar)) {
                    return read(inside.getPath("/" + ROOT));
                }
            }
            return read(Path.of(chart.toURI()).getParent());
        } catch (IOException | URISyntaxException e) {
            throw FailureException.defect("the bundled chart cannot be read", e);
        }
    }

    /**
     * Writes the chart's files below a folder that is its own, and removes what an earlier version had there.
     *
     * @return the folder, for {@link io.imaas.port.ChartRenderer.Chart}
     */
    public static Path unpack(Path folder) {
        try {
            Map<String, byte[]> files = files();
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                writeIfDifferent(folder.resolve(file.getKey()), file.getValue());
            }
            removeOthers(folder, files);
            return folder;
        } catch (IOException e) {
            throw FailureException.external("the chart cannot be unpacked: " + Reason.of(e), folder.toString(), "", e);
        }
    }

    private static void writeIfDifferent(Path target, byte[] content) throws IOException {
        if (Files.isRegularFile(target) && Arrays.equals(Files.readAllBytes(target), content)) {
            return;
        }
        Files.createDirectories(target.getParent());
        // Moved into place: another process that reads the chart sees the old file or the new one.
        Path draft = Files.createTempFile(target.getParent(), ".chart", ".tmp");
        Files.write(draft, content);
        Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void removeOthers(Path folder, Map<String, byte[]> files) throws IOException {
        List<Path> others = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().endsWith(".tmp"))
                    .filter(file -> !files.containsKey(relative(folder, file)))
                    .forEach(others::add);
        }
        for (Path other : others) {
            Files.deleteIfExists(other);
        }
    }

    private static Map<String, byte[]> read(Path root) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                files.put(relative(root, file), Files.readAllBytes(file));
            }
        }
        return files;
    }

    private static String relative(Path root, Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }
}
