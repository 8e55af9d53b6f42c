package io.imaas.adapter.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The lines of a running program, handed to the thread that waits for it: a consumer needs no locks, a slow consumer
 * slows the program down instead of filling the memory, and the wait can be bounded.
 */
final class ProcessLines implements AutoCloseable {
    private static final int AHEAD = 1024;
    /** A background child may hold the pipe open after the program itself ended: how long we listen to it. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Process process;
    private final Thread reader;
    /** An empty element is the end of the output. */
    private final BlockingQueue<Optional<String>> lines = new ArrayBlockingQueue<>(AHEAD);

    ProcessLines(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "output of process " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Waits for the end; the exit code, or nothing when time ran out. */
    OptionalInt drain(Duration timeout, Consumer<String> consumer) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        long lastSign = System.nanoTime();
        while (deadline - System.nanoTime() > 0) {
            Optional<String> line = lines.poll(POLL_NANOS, TimeUnit.NANOSECONDS);
            if (line == null) {
                if (!process.isAlive() && System.nanoTime() - lastSign > GRACE_NANOS) {
                    return OptionalInt.of(process.exitValue());
                }
            } else if (line.isEmpty()) {
                return exit(deadline);
            } else {
                consumer.accept(line.get());
                lastSign = System.nanoTime();
            }
        }
        return OptionalInt.empty();
    }

    /** The output ended; the program itself may live on for a moment. */
    private OptionalInt exit(long deadline) throws InterruptedException {
        return process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)
                ? OptionalInt.of(process.exitValue())
                : OptionalInt.empty();
    }

    private void read() {
        try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
            String line = in.readLine();
            while (line != null) {
                lines.put(Optional.of(line));
                line = in.readLine();
            }
            lines.put(Optional.empty());
        } catch (IOException e) {
            // The pipe is closed when the program is ended from outside: that is the end of the output, too.
            endOfOutput();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void endOfOutput() {
        try {
            lines.put(Optional.empty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        reader.interrupt();
    }
}
