package io.imaas.jenkins.notice;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import io.imaas.app.Announcement;
import io.imaas.app.Audience;
import io.imaas.jenkins.run.PlansAction;
import io.imaas.jenkins.world.PlatformWorld;
import io.imaas.jenkins.world.TenantEngine;
import io.imaas.jenkins.world.Work;
import io.imaas.model.failure.FailureException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tells people of a build once it is over: whatever comes of it, the build's result stays. What came of it is on the
 * build's page. A controller that goes down in these seconds tells nobody.
 */
@Extension
public final class TellAfterBuild extends RunListener<Run<?, ?>> {
    private static final Logger LOGGER = Logger.getLogger(TellAfterBuild.class.getName());

    @Override
    public void onFinalized(@NonNull Run<?, ?> run) {
        if (run.getAction(PlansAction.class) != null) {
            Work.soon(() -> begin(run));
        }
    }

    private static void begin(Run<?, ?> run) {
        try {
            for (BuildNotices.OfPlan one : BuildNotices.of(run)) {
                begin(run, one);
            }
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "nobody is told of " + run, e);
        }
    }

    private static void begin(Run<?, ?> run, BuildNotices.OfPlan one) {
        try {
            TenantEngine engine = PlatformWorld.get().engine(one.plan().tenant().orElseThrow());
            Audience.Found found = new Audience(engine.imaas().ports()::git).of(engine.tenant(), one.notice());
            Outcomes outcomes = new Outcomes(
                    run, found.recipients().size() + found.failures().size());
            found.failures().forEach(failure -> outcomes.trouble("nobody is notified: " + failure.sentence()));
            found.recipients().stream()
                    .map(recipient -> engine.announcement(recipient, one.notice()))
                    .forEach(announcement -> attempt(announcement, outcomes));
        } catch (FailureException e) {
            new Outcomes(run, 1).trouble("nobody is notified: " + e.failure().sentence());
        }
    }

    /** One attempt; the next one later, and no thread is held in between. */
    private static void attempt(Announcement announcement, Outcomes outcomes) {
        Optional<Duration> next = announcement.next();
        if (next.isPresent()) {
            Work.later(() -> attempt(announcement, outcomes), next.get());
        } else {
            outcomes.ended(announcement);
        }
    }

    /** Collected, and kept with the build once all is said. */
    private static final class Outcomes {
        private final Run<?, ?> run;
        private final List<String> told = new ArrayList<>();
        private final List<String> troubles = new ArrayList<>();
        private int open;

        Outcomes(Run<?, ?> run, int open) {
            this.run = run;
            this.open = open;
        }

        void ended(Announcement announcement) {
            if (announcement.failure().isPresent()) {
                trouble(announcement.outcome());
            } else {
                add(told, announcement.outcome());
            }
        }

        void trouble(String line) {
            LOGGER.log(Level.WARNING, "{0}: {1}", new Object[] {run, line});
            add(troubles, line);
        }

        private synchronized void add(List<String> lines, String line) {
            lines.add(line);
            open--;
            if (open == 0 && !Work.isOver()) {
                NoticesAction.keep(run, told, troubles);
            }
        }
    }
}
