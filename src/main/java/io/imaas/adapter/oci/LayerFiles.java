package io.imaas.adapter.oci;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Reads CARs out of an image's layers. The base image's are some hundred megabytes, so only those are fetched that the
 * history tells of: ours have the name {@code car}, and a Dockerfile's line names the folder.
 */
record LayerFiles(RemoteManifests manifests) {
    private static final String FOLDER = "carbonapps/";
    private static final String SUFFIX = ".car";

    /** Bytes of all CARs together. */
    private static final long LARGEST = 256L << 20;

    Map<String, byte[]> cars(ImageRef image) {
        RemoteManifests.Found found = manifests.get(image);
        if (found.isIndex()) {
            // All of them were built of the same CARs.
            return found.images().stream()
                    .findFirst()
                    .map(one -> cars(new ImageRef(
                            image.repository(), new Digest(one.path("digest").asText()))))
                    .orElse(Map.of());
        }
        Map<String, byte[]> cars = new TreeMap<>();
        for (Digest layer : layers(image, found)) {
            read(manifests.blob(image.repository(), layer), image, cars);
        }
        return cars;
    }

    private List<Digest> layers(ImageRef image, RemoteManifests.Found found) {
        List<String> history = new ArrayList<>();
        for (JsonNode step : manifests.configuration(image.repository(), found).path("history")) {
            if (!step.path("empty_layer").asBoolean()) {
                history.add(step.path("comment").asText() + " "
                        + step.path("created_by").asText());
            }
        }
        List<Digest> layers = found.layers();
        if (history.size() != layers.size()) {
            throw FailureException.input(
                    "the image's history does not tell which of its layers hold CARs",
                    image.toString(),
                    "build it by 'imaas deliver' or with a Dockerfile");
        }
        List<Digest> wanted = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            if (history.get(i).startsWith("car ") || history.get(i).contains(FOLDER)) {
                wanted.add(layers.get(i));
            }
        }
        return wanted;
    }

    private static void read(byte[] layer, ImageRef image, Map<String, byte[]> cars) {
        long left =
                LARGEST - cars.values().stream().mapToLong(car -> car.length).sum();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(unpacked(layer))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isFile()
                        && entry.getName().contains(FOLDER)
                        && entry.getName().endsWith(SUFFIX)) {
                    byte[] content = tar.readNBytes((int) Math.min(left, Integer.MAX_VALUE - 8));
                    left -= content.length;
                    if (tar.read() >= 0) {
                        throw new IOException("its CARs have more than " + LARGEST + " bytes");
                    }
                    cars.put(entry.getName(), content);
                }
            }
        } catch (IOException e) {
            throw FailureException.input(
                    "a layer of the image can't be read: " + Reason.of(e),
                    image.toString(),
                    "build the image with layers that are packed by gzip");
        }
    }

    private static InputStream unpacked(byte[] layer) throws IOException {
        boolean gzip = layer.length > 1 && (layer[0] & 0xff) == 0x1f && (layer[1] & 0xff) == 0x8b;
        InputStream bytes = new ByteArrayInputStream(layer);
        return new BufferedInputStream(gzip ? new GZIPInputStream(bytes) : bytes);
    }
}
