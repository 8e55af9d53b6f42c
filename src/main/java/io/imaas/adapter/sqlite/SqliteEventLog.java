package io.imaas.adapter.sqlite;

import io.imaas.model.event.CloudEvent;
import io.imaas.model.event.CloudEvent.StoredEvent;
import io.imaas.model.failure.FailureException;
import io.imaas.port.EventLog;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Events in one SQLite file. One connection writes, in groups: see {@link GroupCommit}. Another one reads, beside it and
 * without waiting, as the file's write-ahead log allows.
 */
public final class SqliteEventLog implements EventLog {
    private static final Duration LATER = Duration.ofSeconds(1);
    private static final String ALL = "SELECT position, id, source, type, subject, time, tenant, data FROM events";

    private final Path file;
    private final Connection reading;
    private final GroupCommit commits;

    private SqliteEventLog(Path file, Connection reading, GroupCommit commits) {
        this.file = file;
        this.reading = reading;
        this.commits = commits;
    }

    /**
     * @param file is made when it is not there; its folder must be there
     * @param oldest what came before it is forgotten little by little, asked again and again; the newest event stays
     * @throws FailureException INPUT when it is not a log, or can't be opened
     */
    public static SqliteEventLog open(Path file, Supplier<Instant> oldest) {
        try {
            GroupCommit commits = new GroupCommit(Schema.writing(file), file, oldest);
            return new SqliteEventLog(file, Schema.connect(file), commits);
        } catch (SQLException e) {
            throw FailureException.input(
                    "the log of events can't be opened: " + e.getMessage(),
                    file.toString(),
                    "check the folder's rights; a broken file may be deleted: what it held is found again in Git");
        }
    }

    @Override
    public CompletableFuture<Integer> append(List<CloudEvent> events) {
        return commits.append(events);
    }

    @Override
    public List<StoredEvent> after(long position, int limit) {
        return page("> ? ORDER BY position", position, limit);
    }

    @Override
    public List<StoredEvent> before(long position, int limit) {
        return page("< ? ORDER BY position DESC", position, limit);
    }

    private List<StoredEvent> page(String side, long position, int limit) {
        return read(ALL + " WHERE position " + side + " LIMIT ?", List.of(position, limit), SqliteEventLog::events);
    }

    @Override
    public long last() {
        return read("SELECT coalesce(max(position), 0) FROM events", List.of(), SqliteEventLog::number);
    }

    @Override
    public long position(String consumer) {
        return read("SELECT position FROM consumers WHERE name = ?", List.of(consumer), SqliteEventLog::number);
    }

    @Override
    public void advance(String consumer, long position) {
        commits.advance(consumer, position);
    }

    @Override
    public int waiting() {
        return commits.waiting();
    }

    @Override
    public void close() {
        commits.close();
        synchronized (reading) {
            try {
                reading.close();
            } catch (SQLException e) {
                throw failure(file, e);
            }
        }
    }

    static FailureException failure(Path file, SQLException cause) {
        return new FailureException(
                FailureException.external(
                                "the log of events can't be used now: " + cause.getMessage(),
                                file.toString(),
                                "see whether its disk is full, and send it again",
                                LATER)
                        .failure(),
                cause);
    }

    private interface Rows<T> {
        T of(ResultSet rows) throws SQLException;
    }

    private <T> T read(String sql, List<Object> values, Rows<T> rows) {
        synchronized (reading) {
            try (PreparedStatement statement = reading.prepareStatement(sql)) {
                for (int i = 0; i < values.size(); i++) {
                    statement.setObject(i + 1, values.get(i));
                }
                try (ResultSet found = statement.executeQuery()) {
                    return rows.of(found);
                }
            } catch (SQLException e) {
                throw failure(file, e);
            }
        }
    }

    private static long number(ResultSet rows) throws SQLException {
        return rows.next() ? rows.getLong(1) : 0;
    }

    private static List<StoredEvent> events(ResultSet rows) throws SQLException {
        List<StoredEvent> events = new ArrayList<>();
        while (rows.next()) {
            CloudEvent event = new CloudEvent(
                    rows.getString(2),
                    rows.getString(3),
                    rows.getString(4),
                    rows.getString(5),
                    Instant.parse(rows.getString(6)),
                    rows.getString(7),
                    Schema.data(rows.getString(8)));
            events.add(new StoredEvent(rows.getLong(1), event));
        }
        return events;
    }
}
