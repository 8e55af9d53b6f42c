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
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.io.input.ProxyInputStream;

/**
 * Reads CARs out of an image's layers. The base image's are some hundred megabytes, so only those are fetched that the
 * history tells of: ours have the name {@code car}, and a Dockerfile's line names the folder.
 */
record LayerFiles(RemoteManifests manifests) {
    private static final String FOLDER = "carbonapps/";
    private static final String SUFFIX = ".car";

    /** Bytes of all unpacked layers that are read: CARs are archives, so that packing makes hardly less of them. */
    private static final int LARGEST = RegistryHttp.LONGEST * 3 / 2;

    /** Bytes of an entry's headers, its name among them. */
    private static final long LONGEST_HEADER = 1 << 20;

    Map<String, byte[]> cars(ImageRef image) {
        RemoteManifests.Found root = manifests.get(image);
        // All images of an index were built of the same CARs.
        return root.isIndex()
                ? root.images().stream()
                        .findFirst()
                        .map(one -> cars(image, manifests.one(image.repository(), one)))
                        .orElse(Map.of())
                : cars(image, root);
    }

    private Map<String, byte[]> cars(ImageRef image, RemoteManifests.Found found) {
        Map<String, byte[]> cars = new TreeMap<>();
        AtomicLong left = new AtomicLong(LARGEST);
        for (Digest layer : layers(image, found)) {
            read(manifests.blob(image.repository(), layer), image, cars, left);
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

    private static void read(byte[] layer, ImageRef image, Map<String, byte[]> cars, AtomicLong left) {
        try (Limited bytes = unpacked(layer, left);
                TarArchiveInputStream tar = new TarArchiveInputStream(bytes)) {
            for (TarArchiveEntry entry = next(tar, bytes); entry != null; entry = next(tar, bytes)) {
                if (entry.isFile()
                        && entry.getName().contains(FOLDER)
                        && entry.getName().endsWith(SUFFIX)) {
                    cars.put(entry.getName(), tar.readAllBytes());
                }
                tar.transferTo(OutputStream.nullOutputStream());
            }
        } catch (IOException e) {
            throw FailureException.input(
                    "the image's layers with CARs can't be read: " + Reason.of(e),
                    image.toString(),
                    "build the image with layers that are packed by gzip");
        }
    }

    /** A name may be as long as its header says, and is held as a whole. */
    private static TarArchiveEntry next(TarArchiveInputStream tar, Limited bytes) throws IOException {
        bytes.header = LONGEST_HEADER;
        TarArchiveEntry entry = tar.getNextEntry();
        bytes.header = Long.MAX_VALUE;
        return entry;
    }

    private static Limited unpacked(byte[] layer, AtomicLong left) throws IOException {
        boolean gzip = layer.length > 1 && (layer[0] & 0xff) == 0x1f && (layer[1] & 0xff) == 0x8b;
        InputStream bytes = new ByteArrayInputStream(layer);
        return new Limited(new BufferedInputStream(gzip ? new GZIPInputStream(bytes) : bytes), left);
    }

    /** Whatever is in an archive, names and what is passed over too. */
    private static final class Limited extends ProxyInputStream {
        private final AtomicLong left;
        private long header;

        Limited(InputStream in, AtomicLong left) {
            super(in);
            this.left = left;
        }

        @Override
        protected void afterRead(int bytes) throws IOException {
            count(bytes);
        }

        @Override
        public long skip(long bytes) throws IOException {
            long skipped = super.skip(bytes);
            count(skipped);
            return skipped;
        }

        private void count(long bytes) throws IOException {
            header -= Math.max(0, bytes);
            if (header < 0) {
                throw new IOException("an entry's name has more than " + LONGEST_HEADER + " bytes");
            }
            if (left.addAndGet(-Math.max(0, bytes)) < 0) {
                throw new IOException("unpacked, they have more than " + LARGEST + " bytes");
            }
        }
    }
}
