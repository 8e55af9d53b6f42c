package io.imaas.app;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.model.rollout.RunNotice;
import io.imaas.model.tenancy.ServiceSettings.Notification;
import io.imaas.port.Clock;
import io.imaas.port.Notifier;
import io.imaas.run.RetryPolicy;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * One recipient who is told of one run, attempt by attempt, without a thread between them. That it fails is told, and
 * never more than that: the run is over. Not safe for use by two threads at once.
 */
public final class Announcement {
    /** Whoever asks for more gets no message: a news of an hour ago is none. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private final Notification recipient;
    private final RunNotice notice;
    private final Notifier notifier;
    private final Function<Notification, Secret> addresses;
    private int attempt;
    private Failure failure;

    /** @param addresses the secret behind a recipient; throws INPUT when there is none */
    public Announcement(
            Notification recipient, RunNotice notice, Notifier notifier, Function<Notification, Secret> addresses) {
        this.recipient = recipient;
        this.notice = notice;
        this.notifier = notifier;
        this.addresses = addresses;
    }

    /** Makes one attempt. Returns after what time the next one is due; empty when it is told, or given up. */
    public Optional<Duration> next() {
        attempt++;
        try {
            notifier.tell(recipient, addresses.apply(recipient), notice);
            failure = null;
            return Optional.empty();
        } catch (FailureException e) {
            failure = e.failure();
            return RetryPolicy.DEFAULT
                    .next(failure, attempt, ThreadLocalRandom.current())
                    .filter(wait -> wait.compareTo(LONGEST_WAIT) <= 0);
        }
    }

    /** All attempts, one after the other. */
    public void toItsEnd(Clock clock) throws InterruptedException {
        for (Optional<Duration> wait = next(); wait.isPresent(); wait = next()) {
            clock.pause(wait.get());
        }
    }

    /** Why the last attempt failed; empty when it was told. */
    public Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    /** What came of it, for a log. */
    public String outcome() {
        String whom = recipient.channel().name().toLowerCase(Locale.ROOT) + " " + recipient.to();
        return failure == null ? "notified " + whom : whom + " could not be notified: " + reason();
    }

    private String reason() {
        return failure.what() + (failure.suggestion().isEmpty() ? "" : " (" + failure.suggestion() + ")");
    }
}
