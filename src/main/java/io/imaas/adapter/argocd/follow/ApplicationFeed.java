package io.imaas.adapter.argocd.follow;

import io.imaas.adapter.argocd.machine.ApplicationName;
import io.imaas.adapter.argocd.machine.ApplicationView;
import io.imaas.adapter.argocd.machine.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * One watch of a server, shared by all rollouts, and the map of all applications that it keeps.
 *
 * <p>Argo CD's stream has no resume: with a resourceVersion it only leaves out what is older, and events between the list
 * and the subscription are lost (server/application, Watch). So there is no gap only if the list is read <em>after</em>
 * the subscription is known to exist: the list is read at once, and again when the stream gave its first sign of life.
 * Lives on the timeline.
 */
public final class ApplicationFeed {
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);
    private static final Duration CONFIRM_EMPTY = Duration.ofSeconds(5);

    private final Timeline timeline;
    private final FeedSource source;
    private final Duration relist;
    private final DoubleSupplier jitter;
    private final ApplicationMap applications = new ApplicationMap();
    private Connection connection;
    private boolean listing;
    private boolean listAgain;
    private boolean emptyOnce;
    private Runnable nextList = () -> {};
    private int failures;

    /**
     * @param relist how often the list is read though the stream seems well: events are lost without a trace
     * @param jitter in [0, 1): keeps many processes from asking at the same moment
     */
    public ApplicationFeed(Timeline timeline, FeedSource source, Duration relist, DoubleSupplier jitter) {
        this.timeline = timeline;
        this.source = source;
        this.relist = relist;
        this.jitter = jitter;
    }

    /**
     * Tells what is known of an application, at once if anything is, and whenever it changes. Called and answered on the
     * timeline.
     *
     * @return ends it
     */
    public Runnable subscribe(String project, ApplicationName application, Consumer<Observation> news) {
        start();
        return applications.subscribe(project, application, news);
    }

    /** All applications by name, as last heard of. */
    public Map<ApplicationName, ApplicationView> known() {
        return applications.known();
    }

    /** How many wait for news. */
    public int subscribers() {
        return applications.subscribers();
    }

    /** Opens the stream unless it is open. */
    public void start() {
        if (connection == null) {
            connect();
        }
    }

    private void connect() {
        connection = new Connection();
        source.open(connection);
        list();
    }

    private void list() {
        if (listing) {
            listAgain = true;
            return;
        }
        listing = true;
        nextList.run();
        Instant asked = timeline.now();
        source.list(answer -> timeline.execute(() -> listed(answer, asked)));
    }

    private void listed(FeedSource.Listing answer, Instant asked) {
        listing = false;
        if (answer.applications() == null) {
            listIn(backoff());
        } else if (answer.applications().isEmpty() && !applications.isEmpty() && !emptyOnce) {
            // Absence is never taken at its first word: a server that is starting up lists nothing.
            emptyOnce = true;
            listIn(CONFIRM_EMPTY);
        } else {
            emptyOnce = false;
            failures = 0;
            applications.replace(answer.applications(), asked);
            listIn(relist);
        }
        if (listAgain) {
            listAgain = false;
            list();
        }
    }

    private void listIn(Duration pause) {
        nextList.run();
        nextList = timeline.at(timeline.now().plus(jittered(pause)), this::list);
    }

    private Duration backoff() {
        failures = Math.min(failures + 1, 10);
        Duration pause = FIRST_RETRY.multipliedBy(1L << failures);
        return pause.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : pause;
    }

    private Duration jittered(Duration pause) {
        return Duration.ofMillis((long) (pause.toMillis() * (0.75 + 0.5 * jitter.getAsDouble())));
    }

    /** One life of the stream. */
    private final class Connection implements FeedSource.Sink {
        private boolean alive;

        @Override
        public void alive() {
            timeline.execute(this::provenAlive);
        }

        private void provenAlive() {
            if (current() && !alive) {
                alive = true;
                failures = 0;
                list();
            }
        }

        @Override
        public void changed(ApplicationView view) {
            timeline.execute(() -> {
                if (current()) {
                    provenAlive();
                    applications.changed(view, timeline.now());
                }
            });
        }

        @Override
        public void removed(ApplicationName application) {
            timeline.execute(() -> {
                if (current()) {
                    provenAlive();
                    applications.removed(application);
                }
            });
        }

        @Override
        public void closed(String why) {
            timeline.execute(() -> {
                if (current()) {
                    connection = null;
                    timeline.at(timeline.now().plus(jittered(backoff())), ApplicationFeed.this::start);
                }
            });
        }

        /** A stream that was given up may still speak. */
        private boolean current() {
            return connection == this;
        }
    }
}
