package io.imaas.server;

import io.imaas.adapter.sqlite.SqliteEventLog;
import io.imaas.app.hub.CatalogKeeper;
import io.imaas.app.hub.Hub;
import io.imaas.app.platform.CatalogCache;
import io.imaas.app.request.Requests;
import io.imaas.app.view.Views;
import io.imaas.catalog.CatalogReader;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.port.EventLog;
import io.imaas.port.Presence;
import io.imaas.port.Tracing;
import io.imaas.testing.ManualClock;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many signed web hooks a second, with the load generator in the same process, and how often the disk syncs. */
@Tag("bench")
class IntakeBench {
    private static final int CONNECTIONS = 64;
    private static final int EACH = 1_500;
    private static final String BODY = Sender.push("https://git.example/orders.git", "dev")
            .replaceFirst("\\}$", ",\"commits\":[" + commits() + "]}");

    @TempDir
    Path folder;

    /** A push of GitHub has some kilobytes. */
    private static String commits() {
        return String.join(
                ",",
                java.util.Collections.nCopies(
                        20,
                        "{\"id\":\"" + "c".repeat(40) + "\",\"message\":\"" + "words ".repeat(30)
                                + "\",\"url\":\"https://git.example/orders/commit/" + "c".repeat(40) + "\"}"));
    }

    @Test
    void signedHooksASecond() throws Exception {
        CatalogCache catalog = new CatalogCache(() -> CatalogReader.read(Map.of(
                        "platform.yaml",
                        "platform: acme\nregistries: [registry.example/imaas]\n",
                        "tenants/orders.yaml",
                        "tenant: orders\nowners: ['@acme/leads']\ncontact: a@example.org\n"
                                + "gitops: https://git.example/orders-gitops.git\n"
                                + "quota: {cpu: 8, memory: 16Gi, pods: 40}\nenvironments: [{name: dev}]\n"
                                + "services: [{name: api, type: gateway,"
                                + " repository: 'https://git.example/orders.git'}]\n"))
                .orThrow());
        catalog.refresh();
        ManualClock clock = new ManualClock("2026-11-20T10:00:00Z");
        try (CatalogKeeper keeper = new CatalogKeeper(
                        catalog, new RepositoryUrl("https://git.example/platform.git"), Duration.ofHours(1), e -> {});
                EventLog log = SqliteEventLog.open(folder.resolve("events.db"), () -> Instant.MIN);
                Server server = Server.start(
                        new ServerSettings(
                                "127.0.0.1",
                                0,
                                null,
                                new Secret(Sender.SECRET),
                                100_000,
                                Optional::empty,
                                Optional.empty()),
                        new Served(
                                new Hub(log, keeper),
                                new Views(log, catalog, none -> null, clock, e -> {}),
                                new Requests(catalog, none -> null, none -> null, log, Presence.alone(), clock),
                                clock,
                                Tracing.NONE,
                                Map::of))) {
            load(server.address().getPort(), "warm-up");
            long begun = System.nanoTime();
            long cpu = cpuNanos();
            long[] micros = load(server.address().getPort(), "measured");
            double seconds = (System.nanoTime() - begun) / 1e9;
            System.out.printf(
                    "%d deliveries of %d bytes in %.1f s: %.0f/s; p50 %.1f ms, p99 %.1f ms, max %.1f ms; kept %d;"
                            + " %.0f microseconds of CPU each, sender and server; the disk syncs %.0f times a second%n",
                    micros.length,
                    BODY.length(),
                    seconds,
                    micros.length / seconds,
                    micros[micros.length / 2] / 1e3,
                    micros[micros.length * 99 / 100] / 1e3,
                    micros[micros.length - 1] / 1e3,
                    log.last(),
                    (cpuNanos() - cpu) / 1e3 / micros.length,
                    syncs());
        }
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** @return sorted latencies in microseconds */
    private static long[] load(int port, String name) throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(CONNECTIONS);
        List<Future<long[]>> all = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            String prefix = name + "-" + i + "-";
            all.add(senders.submit(() -> connection(port, prefix)));
        }
        List<long[]> times = new ArrayList<>();
        for (Future<long[]> one : all) {
            times.add(one.get());
        }
        senders.shutdown();
        return times.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    }

    private static long[] connection(int port, String prefix) throws IOException {
        String signature = Sender.signature(BODY);
        long[] micros = new long[EACH];
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (int i = 0; i < EACH; i++) {
                byte[] request = ("POST /hooks/github HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
                                + "X-GitHub-Event: push\r\nX-GitHub-Delivery: " + prefix + i
                                + "\r\nX-Hub-Signature-256: sha256=" + signature + "\r\nContent-Length: "
                                + BODY.length() + "\r\n\r\n" + BODY)
                        .getBytes(StandardCharsets.US_ASCII);
                long begun = System.nanoTime();
                socket.getOutputStream().write(request);
                accepted(in);
                micros[i] = (System.nanoTime() - begun) / 1_000;
            }
        }
        return micros;
    }

    private static void accepted(InputStream in) throws IOException {
        String status = line(in);
        if (!status.startsWith("HTTP/1.1 202")) {
            throw new IOException(status);
        }
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).strip());
            }
        }
        in.readNBytes(length);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the connection ended");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private double syncs() throws IOException {
        int count = 0;
        long begun = System.nanoTime();
        try (FileChannel file =
                FileChannel.open(folder.resolve("sync"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            while (System.nanoTime() - begun < 1_000_000_000L) {
                file.write(ByteBuffer.wrap(new byte[4096]));
                file.force(false);
                count++;
            }
        }
        return count / ((System.nanoTime() - begun) / 1e9);
    }
}
