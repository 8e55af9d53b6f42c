package io.imaas.jenkins.run;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.file.PathUtils;

/**
 * A file of JSON lines beside a build's log, which only grows. A line that was being written when the controller died is
 * left out; those before and after it are good.
 *
 * @param file made, with its folder, when the first line comes
 * @param lock shared by all who append to it
 */
record KeptLines(Path file, Object lock) {
    private static final byte END = '\n';

    /** @param json without line breaks */
    void append(byte[] json) throws IOException {
        synchronized (lock) {
            PathUtils.createParentDirectories(file);
            try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
                boolean torn = endsTorn(out);
                byte[] line = new byte[json.length + (torn ? 2 : 1)];
                line[0] = END;
                System.arraycopy(json, 0, line, torn ? 1 : 0, json.length);
                line[line.length - 1] = END;
                out.seek(out.length());
                out.write(line);
            }
        }
    }

    private static boolean endsTorn(RandomAccessFile file) throws IOException {
        if (file.length() == 0) {
            return false;
        }
        file.seek(file.length() - 1);
        return file.read() != END;
    }

    List<byte[]> read() {
        List<byte[]> lines = new ArrayList<>();
        try {
            if (Files.exists(file)) {
                for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n")) {
                    byte[] json = line.getBytes(StandardCharsets.UTF_8);
                    if (KeptJson.isWhole(json)) {
                        lines.add(json);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }
}
