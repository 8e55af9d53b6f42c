package io.imaas.app.assembly;

import io.imaas.adapter.jobs.JenkinsNotices;
import io.imaas.adapter.rabbit.RabbitEventLog;
import io.imaas.adapter.sqlite.SqliteEventLog;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.identity.Secret;
import io.imaas.port.CiServer;
import io.imaas.port.Clock;
import io.imaas.port.EventLog;
import io.imaas.port.Presence;
import io.imaas.port.Shares;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Where events are kept, and which part of the work they set off is done by this process. */
public record EventHub(EventLog log, Shares shares, Presence presence, Runnable ending) implements AutoCloseable {
    /** How long a broker that starts beside the server is waited for. */
    private static final Duration BROKER = Duration.ofMinutes(1);

    /**
     * The log of events in a folder, which is made when it is not there, for one process alone.
     *
     * @param keep how long each event is kept at the least
     */
    public static EventHub in(Path folder, Duration keep, Clock clock) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw FailureException.input(
                    "the folder can't be created: " + Reason.of(e), folder.toString(), "choose another one");
        }
        SqliteEventLog log = SqliteEventLog.open(
                folder.resolve("events.db"), () -> clock.now().minus(keep));
        return new EventHub(log, Shares.alone(), Presence.alone(), log::close);
    }

    /** The log of events at a broker, and the work shared with all others who use it. */
    public static EventHub at(Secret broker, Duration keep) {
        RabbitEventLog log = RabbitEventLog.open(broker, "imaas.", keep, BROKER);
        return new EventHub(log, log.shares(), log.presence(), log::close);
    }

    /**
     * Connects to a broker, and leaves nothing there.
     *
     * @return where it is, without a password
     * @throws FailureException EXTERNAL when it does not let us in
     */
    public static String check(Secret broker) {
        return RabbitEventLog.check(broker);
    }

    /** A Jenkins that hears of pushes. */
    public static CiServer jenkins(URI address, Secret token) {
        return new JenkinsNotices(address, token);
    }

    @Override
    public void close() {
        ending.run();
    }
}
