package io.imaas.adapter.git;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.BatchingProgressMonitor;

/**
 * How far a fetch is, for a terminal: percent, objects, and objects a second. Nothing is said of what takes less than two
 * seconds, and nothing that the server says of itself.
 */
final class TransferMonitor extends BatchingProgressMonitor {
    private static final String SERVERS_WORDS = "remote:";
    private static final int PATIENCE = 2;

    private final Consumer<String> line;

    TransferMonitor(Consumer<String> line) {
        this.line = line;
        setDelayStart(PATIENCE, TimeUnit.SECONDS);
    }

    @Override
    protected void onUpdate(String task, int done, Duration took) {
        if (!task.startsWith(SERVERS_WORDS)) {
            line.accept(task + ": " + done + rate(done, took));
        }
    }

    @Override
    protected void onUpdate(String task, int done, int all, int percent, Duration took) {
        if (!task.startsWith(SERVERS_WORDS)) {
            line.accept(task + ": " + percent + " % (" + done + "/" + all + ")" + rate(done, took));
        }
    }

    private static String rate(int done, Duration took) {
        return took.toMillis() < 1 ? "" : String.format(Locale.ROOT, ", %.0f/s", done * 1000.0 / took.toMillis());
    }

    @Override
    protected void onEndTask(String task, int done, Duration took) {
        line.accept("");
    }

    @Override
    protected void onEndTask(String task, int done, int all, int percent, Duration took) {
        line.accept("");
    }
}
