package io.imaas.jenkins.run;

import io.imaas.plan.step.AwaitRollout;
import io.imaas.plan.step.PlannedStep;
import io.imaas.run.Event;
import io.imaas.run.Outcome;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What happened in a plan's rollouts, in its order; what was said twice in a row is there once. */
public final class Timeline {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** One line of it. */
    public record Entry(String iso, String exact, String time, String step, String what) {}

    private final List<Entry> entries = new ArrayList<>();

    static List<Entry> of(List<Event> events) {
        Timeline timeline = new Timeline();
        events.forEach(timeline::take);
        return List.copyOf(timeline.entries);
    }

    private void take(Event event) {
        if (event instanceof Event.StepStarted started) {
            add(event.at(), started.step(), "begun");
        } else if (event instanceof Event.StepWaiting waiting) {
            add(event.at(), waiting.step(), waiting.reason());
        } else if (event instanceof Event.StepRetried retried) {
            add(
                    event.at(),
                    retried.step(),
                    retried.failure().sentence() + "; again in "
                            + retried.delay().toSeconds() + " s");
        } else if (event instanceof Event.StepEnded ended) {
            add(event.at(), ended.step(), word(ended.outcome()));
        }
    }

    private void add(Instant at, PlannedStep step, String what) {
        if (!(step instanceof AwaitRollout)) {
            return;
        }
        boolean again = entries.stream()
                .filter(entry -> entry.step().equals(step.title()))
                .reduce((before, after) -> after)
                .filter(last -> last.what().equals(what))
                .isPresent();
        if (!again) {
            entries.add(new Entry(at.toString(), EXACT.format(at), TIME.format(at), step.title(), what));
        }
    }

    private static String word(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return failed.failure().sentence();
        }
        return outcome instanceof Outcome.Skipped skipped ? "skipped: " + skipped.reason() : "live and healthy";
    }
}
