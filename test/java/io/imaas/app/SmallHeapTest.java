package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.imaas.testing.Git;
import io.imaas.testing.HostileInputs;
import io.imaas.testing.JavaProcess;
import io.imaas.testing.Loopback;
import io.imaas.testing.SmallHeapAnswers;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 256 MB are enough for whatever a tenant or another system sends, and each of it is refused plainly. */
class SmallHeapTest {
    @TempDir
    private Path temp;

    @Test
    void everyHostileInputIsRefusedWithinASmallHeap() throws Exception {
        hugeBlob();
        zipBomb();
        doublingPom();
        HttpServer flood = flood();
        try {
            // With the collector of servers: the other one cuts so small a heap into parts that are smaller still.
            Process process = JavaProcess.of(
                            List.of("-XX:-UseSerialGC", "-Xmx128m"),
                            HostileInputs.class,
                            temp.toString(),
                            "http://127.0.0.1:" + flood.getAddress().getPort() + "/")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();

            assertThat(process.waitFor()).isZero();
            assertThat(lines).hasSize(22).allMatch(line -> line.matches("[a-z-]+: refused: .*"));
        } finally {
            flood.stop(0);
        }
    }

    private void hugeBlob() throws IOException {
        Git.in(temp).run("init", "-q", "--bare", "-b", "main", "huge.git");
        Git.in(temp).run("init", "-q", "-b", "main", "work");
        // It is all zeros: nothing is gained by looking longer at them.
        Git.in(temp.resolve("work")).run("config", "core.compression", "1");
        Path file = temp.resolve("work/services/order-api/values.yaml");
        Files.createDirectories(file.getParent());
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(150L << 20);
        }
        Git work = Git.in(temp.resolve("work"));
        work.run("add", "-A");
        work.run("-c", "user.name=eve", "-c", "user.email=eve@example.org", "commit", "-q", "-m", "Large");
        work.run("push", "-q", temp.resolve("huge.git").toString(), "main");
    }

    private void zipBomb() throws IOException {
        byte[] zeros = new byte[1 << 20];
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(temp.resolve("bomb.car")))) {
            zip.setLevel(Deflater.BEST_SPEED);
            zip.putNextEntry(new ZipEntry("artifacts.xml"));
            for (int i = 0; i < 300; i++) {
                zip.write(zeros);
            }
        }
    }

    private void doublingPom() throws IOException {
        StringBuilder properties = new StringBuilder("<p0>xxxxxxxxxx</p0>");
        for (int i = 1; i < 40; i++) {
            properties.append("<p%1$d>${p%2$d}${p%2$d}</p%1$d>".formatted(i, i - 1));
        }
        Files.writeString(
                temp.resolve("pom.xml"),
                "<project><modelVersion>4.0.0</modelVersion><groupId>g</groupId><artifactId>a</artifactId>"
                        + "<version>1</version><properties>" + properties + "</properties></project>");
    }

    /** Answers without an end. */
    private static HttpServer flood() throws IOException {
        HttpServer server = Loopback.http();
        server.setExecutor(Executors.newCachedThreadPool());
        // White space may stand before any JSON.
        byte[] bytes = " ".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                while (true) {
                    out.write(bytes);
                }
            } catch (IOException theOtherHadEnough) {
                exchange.close();
            }
        });
        SmallHeapAnswers.on(server);
        server.start();
        return server;
    }
}
