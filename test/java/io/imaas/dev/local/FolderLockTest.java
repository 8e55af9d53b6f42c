package io.imaas.dev.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.adapter.system.SystemClock;
import io.imaas.port.RunLock;
import io.imaas.testing.JavaProcess;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes, and two runs in one. */
@SuppressWarnings("try")
class FolderLockTest {
    @TempDir
    Path folder;

    @Test
    void oneHoldsItUntilItEndsOrDies() throws Exception {
        Process other = JavaProcess.of(FolderLockTest.class, folder.toString()).start();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("held");
            assertThatThrownBy(() -> lock(folder).hold(Duration.ofMillis(300)))
                    .hasMessageContaining("another run is changing this cluster");
        } finally {
            other.destroyForcibly().waitFor();
        }
        try (RunLock.Held unused = lock(folder).hold(Duration.ofSeconds(5))) {
            assertThatThrownBy(() -> lock(folder).hold(Duration.ZERO)).hasMessageContaining("another run");
        }
        lock(folder).hold(Duration.ZERO).close();
    }

    /** The other process. */
    public static void main(String[] arguments) throws Exception {
        try (RunLock.Held unused = lock(Path.of(arguments[0])).hold(Duration.ofSeconds(5))) {
            System.out.println("held");
            Thread.sleep(Duration.ofMinutes(1).toMillis());
        }
    }

    private static FolderLock lock(Path folder) {
        return new FolderLock(folder, new SystemClock());
    }
}
