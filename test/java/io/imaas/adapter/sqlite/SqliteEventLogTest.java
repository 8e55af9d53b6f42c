package io.imaas.adapter.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.port.EventLog;
import io.imaas.port.EventLogContract;
import io.imaas.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteEventLogTest extends EventLogContract {
    @TempDir
    Path folder;

    private volatile Instant oldest = Instant.EPOCH;

    @Override
    protected EventLog open() {
        return SqliteEventLog.open(folder.resolve("events.db"), () -> oldest);
    }

    @Override
    protected void lose() throws IOException {
        FileUtils.deleteDirectory(folder.toFile());
        Files.createDirectory(folder);
    }

    @Test
    void anOlderCopyUsesNoPositionOfALaterOneAgain() throws IOException {
        log.append(List.of(event("a"))).join();
        log.close();
        byte[] copy = Files.readAllBytes(folder.resolve("events.db"));
        log = open();
        log.append(List.of(event("lost"))).join();
        long lost = log.last();
        log.close();
        lose();
        Files.write(folder.resolve("events.db"), copy);
        log = open();
        log.append(List.of(event("b"))).join();
        assertThat(idsAfter(0, 10)).containsExactly("a", "b");
        assertThat(log.last()).isGreaterThan(lost);
    }

    @Test
    void whatIsOldIsForgottenAndPositionsGoOn() throws InterruptedException {
        for (int i = 0; i < 5_000; i++) {
            CompletableFuture<Integer> unused = log.append(List.of(event("e" + i)));
        }
        log.append(List.of(event("last"))).join();
        long last = log.last();
        assertThat(log.after(0, 10_000)).hasSize(5_001);
        oldest = Instant.parse("2026-11-21T10:00:00Z");
        Await.until(() -> log.after(0, 2).size() <= 1);
        assertThat(idsAfter(0, 10)).containsExactly("last");
        log.append(List.of(event("new"))).join();
        assertThat(log.last()).isEqualTo(last + 1);
        reopen();
        assertThat(idsAfter(0, 10)).containsExactly("last", "new");
    }

    @Test
    void aFullDiskRefusesAndTakesAgainWhenThereIsRoom() throws Exception {
        Path file = folder.resolve("small.db");
        Connection writing = Schema.writing(file);
        GroupCommit commits = new GroupCommit(writing, file, () -> oldest);
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
        assertThatThrownBy(() -> SqliteEventLog.open(other, () -> Instant.MIN))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().where().toString()).isEqualTo(other.toString()));
    }
}
