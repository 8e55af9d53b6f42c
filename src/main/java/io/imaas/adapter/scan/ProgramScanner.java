package io.imaas.adapter.scan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.model.failure.FailureException;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ScanCommand;
import io.imaas.port.ImageScanner;
import io.imaas.port.Processes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.commons.io.FileUtils;

/** Runs the program, and reads the report that it leaves in a folder of its own. */
public record ProgramScanner(Processes processes) implements ImageScanner {
    /** A report of an image with thousands of findings, each with its description, is well below. */
    private static final int LONGEST = 64 << 20;

    private static final int DEEPEST = 60;
    private static final int LINES = 200;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build());

    @Override
    public Map<String, Object> report(ScanCommand command, ImageRef image, Consumer<String> output) {
        String program = command.arguments().get(0);
        try {
            Path folder = Files.createTempDirectory("imaas-scan");
            Path report = folder.resolve("report.json");
            try {
                int code = processes.run(
                        new Processes.Command(
                                command.of(image, report.toString()), folder.getParent(), Map.of(), command.timeout()),
                        bounded(output));
                if (code != 0) {
                    throw FailureException.failed(
                            program + " ended with code " + code, image.toString(), "look at its last lines");
                }
                return read(report);
            } finally {
                FileUtils.deleteDirectory(folder.toFile());
            }
        } catch (IOException e) {
            throw FailureException.input(
                    program + " left no report that can be read: "
                            + (e instanceof NoSuchFileException ? "there is no file" : e.getMessage()),
                    "platform.yaml",
                    "check policy.images.vulnerabilities.scan: it must write JSON to ${report}");
        }
    }

    private static Map<String, Object> read(Path report) throws IOException {
        // A link would lead to what the program itself may read, and nobody else should.
        if (Files.exists(report, LinkOption.NOFOLLOW_LINKS)
                && !Files.isRegularFile(report, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("it is no plain file");
        }
        try (InputStream in = Files.newInputStream(report)) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw new IOException("it is longer than " + LONGEST + " bytes");
            }
            return JSON.readValue(bytes, new TypeReference<Map<String, Object>>() {});
        }
    }

    /** The build's log is for more than this. */
    private static Consumer<String> bounded(Consumer<String> output) {
        int[] told = {0};
        return line -> {
            if (told[0]++ < LINES) {
                output.accept(line);
            }
        };
    }
}
