package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.server.Sender;
import io.imaas.testing.JavaProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** {@code imaas serve} as a process of its own, which can be killed. */
final class ServeProcess {
    private final Process process;
    private final BufferedReader out;
    private final URI address;
    private final Sender sender;

    private ServeProcess(Process process, BufferedReader out, URI address) {
        this.process = process;
        this.out = out;
        this.address = address;
        this.sender = new Sender(address);
    }

    /** @param folder where its cache is and, in {@code err.txt}, what it says */
    static ServeProcess start(Path folder, String... words) throws IOException {
        List<String> more = List.of("--cache", folder.resolve("cache").toString(), "--port", "0");
        Files.createDirectories(folder);
        ProcessBuilder builder = JavaProcess.of(
                        List.of("-Xmx256m"),
                        Main.class,
                        Stream.concat(Stream.of(words), more.stream()).toArray(String[]::new))
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("err.txt").toFile()));
        // With it Java writes a line of its own to the standard error, which tests look at.
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().put("IMAAS_WEBHOOK_SECRET", Sender.SECRET);
        Process process = builder.start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        assertThat(line).as(Files.readString(folder.resolve("err.txt"))).startsWith("Listening on ");
        return new ServeProcess(process, out, URI.create(line.substring("Listening on ".length())));
    }

    URI address() {
        return address;
    }

    Sender sender() {
        return sender;
    }

    /** As {@code kill} does: its last words and its exit code. */
    String stop() throws InterruptedException {
        process.toHandle().destroy();
        return out.lines().reduce("", (all, line) -> line) + "\n" + process.waitFor();
    }

    /** As {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
