package io.imaas.testing;

import com.sun.net.httpserver.HttpServer;
import io.imaas.model.image.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/** What a hostile server answers: short enough to be read to its end, and a hundred times as large as an object. */
public final class SmallHeapAnswers {
    private static final byte[] LAYER = layer();
    private static final String CONFIGURATION = "{\"history\":[{\"comment\":\"car a\"}]}";

    static final String MANIFEST = "{\"layers\":[{\"digest\":\"" + Digest.of(LAYER) + "\",\"size\":1}],"
            + "\"config\":{\"digest\":\"" + Digest.of(CONFIGURATION) + "\"}}";

    private SmallHeapAnswers() {}

    public static void on(HttpServer server) {
        answer(server, "/v2/many/api/tags/list", out -> repeat(out, "{\"tags\":[\"a\"", ",\"a\"", 31 << 20, "]}"));
        answer(server, "/v2/layers/api/manifests/", out -> out.write(MANIFEST.getBytes(StandardCharsets.UTF_8)));
        answer(server, "/v2/layers/api/blobs/" + Digest.of(LAYER), out -> out.write(LAYER));
        answer(
                server,
                "/v2/layers/api/blobs/" + Digest.of(CONFIGURATION),
                out -> out.write(CONFIGURATION.getBytes(StandardCharsets.UTF_8)));
        answer(server, "/api/v3/meta", out -> out.write('{'));
        answer(server, "/api/v4/version", out -> out.write('{'));
        answer(server, "/rest/api/latest/application-properties", out -> out.write('{'));
        answer(server, "/api/v1/version", out -> out.write("{\"version\":\"1\"}".getBytes(StandardCharsets.UTF_8)));
        answer(server, "/api/v1/repos/acme/many/", out -> repeat(out, "[{}", ",{}", 15 << 20, "]"));
        answer(server, "/references.git/info/refs", out -> {
            StringBuilder lines = new StringBuilder("001e# service=git-upload-pack\n0000");
            for (int i = 0; i < 1_000_000; i++) {
                lines.append("0043")
                        .append("1".repeat(40))
                        .append(" refs/heads/")
                        .append(1_000_000_000 + i)
                        .append("\n");
            }
            out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
        });
    }

    private interface Body {
        void write(OutputStream out) throws IOException;
    }

    private static void answer(HttpServer server, String path, Body body) {
        server.createContext(path, exchange -> {
            if (path.endsWith("info/refs")) {
                exchange.getResponseHeaders().set("Content-Type", "application/x-git-upload-pack-advertisement");
            }
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                body.write(out);
            } catch (IOException theOtherHadEnough) {
                exchange.close();
            }
        });
    }

    private static void repeat(OutputStream out, String first, String part, int bytes, String last) throws IOException {
        byte[] many = part.repeat(1000).getBytes(StandardCharsets.UTF_8);
        out.write(first.getBytes(StandardCharsets.UTF_8));
        for (int written = 0; written < bytes; written += many.length) {
            out.write(many);
        }
        out.write(last.getBytes(StandardCharsets.UTF_8));
    }

    /** A name of 300 MB, in some hundred kilobytes. */
    private static byte[] layer() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        GzipParameters fast = new GzipParameters();
        fast.setCompressionLevel(Deflater.BEST_SPEED);
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes, fast))) {
            TarArchiveEntry name = new TarArchiveEntry("carbonapps/a.car", (byte) 'L');
            name.setSize(300L << 20);
            // The same bytes in each process.
            name.setModTime(0);
            tar.putArchiveEntry(name);
            byte[] part = "a".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 300; i++) {
                tar.write(part);
            }
            tar.closeArchiveEntry();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
