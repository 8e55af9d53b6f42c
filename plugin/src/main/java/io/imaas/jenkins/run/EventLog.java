package io.imaas.jenkins.run;

import io.imaas.model.failure.FailureException;
import io.imaas.plan.Plan;
import io.imaas.run.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** What happened to one plan of a build, and a place for what happens next. */
public record EventLog(KeptLines lines, Plan plan) {
    /** @param event of this plan; what happened is lost to nobody: the file is complete when this returns */
    public void append(Event event) {
        try {
            lines.append(KeptJson.of(event));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws FailureException INPUT when another version wrote what this one does not understand */
    public List<Event> read() {
        List<Event> events = new ArrayList<>();
        for (byte[] line : lines.read()) {
            try {
                events.add(KeptJson.event(line, plan));
            } catch (IOException e) {
                throw PlansOfBuild.unreadable(lines.file(), e);
            }
        }
        return events;
    }
}
