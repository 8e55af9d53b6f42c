package io.imaas.adapter.sqlite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.model.failure.FailureException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/** What is in the file, and how it is opened. */
final class Schema {
    private static final int BUSY_MILLIS = 2_000;
    /** Negative: KiB. */
    private static final int CACHE = -32_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private Schema() {}

    /** The connection that writes: every commit is on the disk before it answers. */
    static Connection writing(Path file) throws SQLException {
        Connection connection = connect(file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS events (position INTEGER PRIMARY KEY AUTOINCREMENT,"
                    + " id TEXT NOT NULL UNIQUE, source TEXT NOT NULL, type TEXT NOT NULL, subject TEXT NOT NULL,"
                    + " time TEXT NOT NULL, tenant TEXT NOT NULL, data TEXT NOT NULL)");
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS consumers (name TEXT PRIMARY KEY, position INTEGER NOT NULL)");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    static Connection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        config.setCacheSize(CACHE);
        return config.createConnection("jdbc:sqlite:" + file);
    }

    static String text(Map<String, String> data) {
        try {
            return JSON.writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw FailureException.defect("an event's data can't be written", e);
        }
    }

    static Map<String, String> data(String text) {
        try {
            return JSON.readValue(text, new TypeReference<Map<String, String>>() {});
        } catch (JsonProcessingException e) {
            throw FailureException.defect("an event's data can't be read", e);
        }
    }
}
