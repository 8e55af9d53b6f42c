package io.imaas.adapter.sqlite;

import io.imaas.model.event.CloudEvent;
import io.imaas.model.failure.FailureException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The one writer. Whatever waits when the disk is ready goes into one transaction: many requests share one write to the
 * disk, and none waits for a timer. A consumer's position rides along; losing the last of them only repeats work.
 */
final class GroupCommit {
    private static final int WAITING = 20_000;
    private static final int GROUP = 2_000;
    private static final long IDLE_MILLIS = 100;
    private static final long PATIENCE_SECONDS = 10;
    private static final Duration LATER = Duration.ofSeconds(1);
    private static final Duration RARELY = Duration.ofHours(1);

    private final Connection connection;
    private final Path file;
    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(WAITING);
    private final Map<String, Long> positions = new HashMap<>();
    private final Thread writer = new Thread(this::write, "imaas-events");
    /** Answers senders, in the order of the log, while the next group is written: an answer costs more than an entry. */
    private final ExecutorService telling =
            Executors.newSingleThreadExecutor(work -> new Thread(work, "imaas-events-told"));

    private final Supplier<Instant> oldest;
    private Instant again = Instant.MIN.plusSeconds(1);
    private boolean begun;
    private volatile boolean closed;

    private record Entry(List<CloudEvent> events, CompletableFuture<Integer> kept) {}

    /**
     * @param connection with a schema; closed by the writer
     * @param oldest what came before this goes when there is nothing better to do
     */
    GroupCommit(Connection connection, Path file, Supplier<Instant> oldest) {
        this.oldest = oldest;
        this.connection = connection;
        this.file = file;
        writer.start();
    }

    CompletableFuture<Integer> append(List<CloudEvent> events) {
        Entry entry = new Entry(List.copyOf(events), new CompletableFuture<>());
        // Once more after the offer: the writer may have looked for the last time in between.
        if (closed || !queue.offer(entry) || (closed && queue.remove(entry))) {
            return CompletableFuture.failedFuture(FailureException.external(
                    closed ? "the server is stopping" : WAITING + " deliveries wait already",
                    "log of events",
                    "send it again",
                    LATER));
        }
        return entry.kept();
    }

    void advance(String consumer, long position) {
        synchronized (positions) {
            positions.merge(consumer, position, Math::max);
        }
    }

    int waiting() {
        return queue.size();
    }

    private void write() {
        try (connection) {
            boolean last;
            do {
                last = closed;
                List<Entry> group = group(last ? 0 : IDLE_MILLIS);
                commit(group);
                if (group.isEmpty()) {
                    forgetSome();
                }
            } while (!last || !queue.isEmpty());
        } catch (SQLException e) {
            throw SqliteEventLog.failure(file, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Entry> group(long patienceMillis) throws InterruptedException {
        List<Entry> group = new ArrayList<>();
        Entry first = queue.poll(patienceMillis, TimeUnit.MILLISECONDS);
        if (first != null) {
            group.add(first);
            queue.drainTo(group, GROUP);
        }
        return group;
    }

    /** A group that can't be kept fails alone; the next one may fit again. */
    private void commit(List<Entry> group) {
        Map<String, Long> told = told();
        try {
            if (!group.isEmpty() || !told.isEmpty()) {
                execute("BEGIN");
                if (!begun) {
                    begin();
                }
                List<Integer> fresh = store(group);
                storePositions(told);
                execute("COMMIT");
                begun = true;
                telling.execute(() -> tell(group, fresh));
            }
        } catch (SQLException e) {
            rollback(e);
            told.forEach(this::advance);
            telling.execute(
                    () -> group.forEach(entry -> entry.kept().completeExceptionally(SqliteEventLog.failure(file, e))));
        }
    }

    /**
     * Never again a position that an event had which is lost, with its file or by an older copy of it: each start goes on at
     * the time of day, in microseconds, as fast as no disk takes events.
     */
    private void begin() throws SQLException {
        execute("INSERT INTO sqlite_sequence (name, seq) SELECT 'events', 0"
                + " WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'events')");
        execute("UPDATE sqlite_sequence SET seq = max(seq, CAST(unixepoch('subsec') * 1e6 AS INTEGER))"
                + " WHERE name = 'events'");
    }

    private static void tell(List<Entry> group, List<Integer> fresh) {
        for (int i = 0; i < group.size(); i++) {
            group.get(i).kept().complete(fresh.get(i));
        }
    }

    /** A group of the oldest at a time: whoever sends waits for no more than that. */
    private void forgetSome() {
        Instant before = oldest.get();
        if (before.isBefore(again)) {
            return;
        }
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM events WHERE position IN"
                + " (SELECT position FROM events ORDER BY position LIMIT " + GROUP + ") AND time < ?"
                + " AND position < (SELECT max(position) FROM events)")) {
            delete.setString(1, before.toString());
            if (delete.executeUpdate() < GROUP) {
                again = before.plus(RARELY);
            }
        } catch (SQLException e) {
            // A full disk is told to whoever sends; this is tried again later.
            again = before.plus(RARELY);
        }
    }

    /** In SQLite's own words: the driver's idea of a transaction outlives one that SQLite ended by itself. */
    private void execute(String word) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(word);
        }
    }

    private void rollback(SQLException cause) {
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            // SQLite ends some transactions by itself; then there is nothing to roll back.
            cause.addSuppressed(e);
        }
    }

    private List<Integer> store(List<Entry> group) throws SQLException {
        List<Integer> fresh = new ArrayList<>();
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO events"
                + " (id, source, type, subject, time, tenant, data) VALUES (?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT(id) DO NOTHING")) {
            for (Entry entry : group) {
                int added = 0;
                for (CloudEvent event : entry.events()) {
                    insert.setString(1, event.id());
                    insert.setString(2, event.source());
                    insert.setString(3, event.type());
                    insert.setString(4, event.subject());
                    insert.setString(5, event.time().toString());
                    insert.setString(6, event.tenant());
                    insert.setString(7, Schema.text(event.data()));
                    added += insert.executeUpdate();
                }
                fresh.add(added);
            }
        }
        return fresh;
    }

    private Map<String, Long> told() {
        synchronized (positions) {
            Map<String, Long> told = Map.copyOf(positions);
            positions.clear();
            return told;
        }
    }

    private void storePositions(Map<String, Long> told) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("INSERT INTO consumers (name, position)"
                + " VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET position = max(position, excluded.position)")) {
            for (Map.Entry<String, Long> one : told.entrySet()) {
                upsert.setString(1, one.getKey());
                upsert.setLong(2, one.getValue());
                upsert.executeUpdate();
            }
        }
    }

    void close() {
        closed = true;
        // Wakes the writer; when there is no room, it is awake.
        boolean unused = queue.offer(new Entry(List.of(), new CompletableFuture<>()));
        try {
            writer.join();
            telling.shutdown();
            if (!telling.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                telling.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
