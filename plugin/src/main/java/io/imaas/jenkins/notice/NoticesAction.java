package io.imaas.jenkins.notice;

import hudson.model.InvisibleAction;
import hudson.model.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Who was told of a build, and who could not be; shown on its page. */
public final class NoticesAction extends InvisibleAction {
    private static final Logger LOGGER = Logger.getLogger(NoticesAction.class.getName());

    private final List<String> told = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();

    /** Adds what came of one plan's messages. */
    static void keep(Run<?, ?> run, List<String> told, List<String> troubles) {
        synchronized (run) {
            NoticesAction action = run.getAction(NoticesAction.class);
            if (action == null) {
                action = new NoticesAction();
                run.addAction(action);
            }
            action.add(told, troubles);
            try {
                run.save();
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "not kept with " + run, e);
            }
        }
    }

    private synchronized void add(List<String> more, List<String> moreTroubles) {
        told.addAll(more);
        troubles.addAll(moreTroubles);
    }

    public synchronized List<String> getTold() {
        return List.copyOf(told);
    }

    /** Who was not told, and why. */
    public synchronized List<String> getTroubles() {
        return List.copyOf(troubles);
    }
}
