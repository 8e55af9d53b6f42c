package io.imaas.adapter.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.port.EventLog;
import io.imaas.port.EventLogContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteEventLogTest extends EventLogContract {
    @TempDir
    Path folder;

    @Override
    protected EventLog open() {
        return SqliteEventLog.open(folder.resolve("events.db"));
    }

    @Test
    void aFullDiskRefusesAndTakesAgainWhenThereIsRoom() throws Exception {
        Path file = folder.resolve("small.db");
        Connection writing = Schema.writing(file);
        GroupCommit commits = new GroupCommit(writing, file);
        commits.append(List.of(event("a"))).join();
        pages(writing, 1);
        int refused = 0;
        for (int i = 0; i < 500 && refused == 0; i++) {
            try {
                commits.append(List.of(event("filling-" + i))).join();
            } catch (CompletionException e) {
                assertThat(e.getCause()).isInstanceOfSatisfying(FailureException.class, known -> {
                    assertThat(known.failure().kind()).isEqualTo(FailureKind.EXTERNAL);
                    assertThat(known.failure().what()).contains("full");
                });
                refused++;
            }
        }
        assertThat(refused).isEqualTo(1);
        pages(writing, 100_000);
        assertThat(commits.append(List.of(event("b"))).join()).isEqualTo(1);
        commits.close();
    }

    /** SQLite says the same when it may not grow as when it can't. */
    private static void pages(Connection connection, int most) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA max_page_count=" + most);
        }
    }

    @Test
    void aFileThatIsNoLogIsNamed() throws Exception {
        Path other = folder.resolve("other.db");
        Files.writeString(other, "this is a text and no database, as one can see at once".repeat(50));
        assertThatThrownBy(() -> SqliteEventLog.open(other))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().where()).isEqualTo(other.toString()));
    }
}
