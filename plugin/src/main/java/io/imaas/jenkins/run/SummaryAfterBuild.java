package io.imaas.jenkins.run;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The last lines of a build's log: why it is unstable, and what it brought, which becomes its description, too. */
@Extension
public final class SummaryAfterBuild extends RunListener<Run<?, ?>> {
    private static final Logger LOGGER = Logger.getLogger(SummaryAfterBuild.class.getName());

    /** With more releases than that, a description tells their number. */
    private static final int FEW = 3;

    @Override
    public void onCompleted(Run<?, ?> run, @NonNull TaskListener listener) {
        PlansAction action = run.getAction(PlansAction.class);
        List<PlanPanel> panels = action == null ? null : action.getPanels();
        if (panels == null) {
            return;
        }
        panels.forEach(panel ->
                panel.getReasons().forEach(reason -> listener.getLogger().println("Unstable because: " + reason)));
        List<String> live =
                panels.stream().flatMap(panel -> panel.getLive().stream()).toList();
        live.forEach(listener.getLogger()::println);
        boolean ours = panels.stream()
                .anyMatch(panel -> panel.plan().intended().summary().equals(run.getDescription()));
        if (ours && !live.isEmpty()) {
            describe(run, live.size() > FEW ? live.size() + " releases are live" : String.join("; ", live));
        }
    }

    private static void describe(Run<?, ?> run, String text) {
        try {
            run.setDescription(text);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the description of " + run + " stays as it was", e);
        }
    }
}
