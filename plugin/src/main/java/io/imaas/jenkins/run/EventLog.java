package io.imaas.jenkins.run;

import io.imaas.run.Event;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Appends what happened to a file and reads it again. A record that was being written when the controller died is left
 * out; records are written whole, so that those before it are good. Java serialization of records takes fields by name:
 * what an older version wrote can be read by a newer one.
 */
final class EventLog {
    private static final int LARGEST = 64 << 20;

    private final Path folder;
    private final Path file;

    /** @param folder made when the first event comes */
    EventLog(Path folder, String name) {
        this.folder = folder;
        this.file = folder.resolve(name);
    }

    synchronized void append(Event event) {
        try {
            byte[] body = bytes(event);
            ByteArrayOutputStream record = new ByteArrayOutputStream(body.length + 4);
            new DataOutputStream(record).writeInt(body.length);
            record.write(body);
            Files.createDirectories(folder);
            Files.write(file, record.toByteArray(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized List<Event> read() {
        List<Event> events = new ArrayList<>();
        if (!Files.exists(file)) {
            return events;
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            while (in.available() > 0) {
                int length = in.readInt();
                if (length < 0 || length > Math.min(LARGEST, in.available())) {
                    break;
                }
                events.add(event(in.readNBytes(length)));
            }
        } catch (EOFException torn) {
            return events;
        } catch (IOException | ClassNotFoundException e) {
            throw new UncheckedIOException(new IOException("what happened in this build can't be read: " + file, e));
        }
        return events;
    }

    private static byte[] bytes(Event event) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(event);
        }
        return bytes.toByteArray();
    }

    private static Event event(byte[] bytes) throws IOException, ClassNotFoundException {
        // Nobody but the controller writes below a build's folder.
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (Event) in.readObject();
        }
    }
}
