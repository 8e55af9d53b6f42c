package io.imaas.adapter.oci;

import com.google.cloud.tools.jib.api.JibEvent;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.event.events.ProgressEvent;
import com.google.cloud.tools.jib.event.events.TimerEvent;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Listens to Jib: which blobs it really sent, and what it has to say.
 *
 * <p>Jib says nothing about what it sent but in its timers: one laps with {@code pushBlob PUT <digest>} after a blob's
 * bytes went out, and not when the registry had or mounted it. A test holds us to the real count.
 */
final class PushCount implements Consumer<JibEvent> {
    private static final String SENT = "pushBlob PUT ";

    private final Set<String> sent = ConcurrentHashMap.newKeySet();
    private final Consumer<String> log;
    private final Transfer transfer;

    PushCount(Consumer<String> log) {
        this.log = log;
        this.transfer = new Transfer(log, System::nanoTime);
    }

    @Override
    public void accept(JibEvent event) {
        if (event instanceof TimerEvent timer && timer.getDescription().startsWith(SENT)) {
            sent.add(timer.getDescription().substring(SENT.length()));
        } else if (event instanceof ProgressEvent progress) {
            transfer.add(progress);
        } else if (event instanceof LogEvent message && message.getLevel() == LogEvent.Level.LIFECYCLE) {
            log.accept(message.getMessage().strip());
        }
    }

    boolean wasSent(String digest) {
        return sent.contains(digest);
    }

    boolean sentAny() {
        return !sent.isEmpty();
    }
}
