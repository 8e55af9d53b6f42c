package io.imaas.jenkins.run;

import hudson.model.Run;
import io.imaas.model.failure.Failure;
import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.RunAction2;

/** The panel and the page on a build: its plans, and what came of them. Everything it shows is read from the files. */
public final class PlansAction implements RunAction2 {
    private static final Logger LOGGER = Logger.getLogger(PlansAction.class.getName());

    private transient Run<?, ?> run;

    @Override
    public void onAttached(Run<?, ?> attached) {
        run = attached;
    }

    @Override
    public void onLoad(Run<?, ?> loaded) {
        run = loaded;
    }

    public Run<?, ?> getRun() {
        return run;
    }

    /** The plans in their order; null when they can't be read, which must not take the build's own page with it. */
    public List<PlanPanel> getPanels() {
        try {
            boolean going = run.isBuilding();
            Instant begun = Instant.ofEpochMilli(run.getStartTimeInMillis());
            Instant now = Instant.now();
            return new PlansOfBuild(run)
                    .all().stream()
                            .map(plan -> PlanPanel.of(plan, going, begun, now))
                            .toList();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "the plans of " + run + " can't be shown", e);
            return null;
        }
    }

    /** Why steps could not begin; empty also when that can't be read, since the build's log says it, too. */
    public List<Failure> getFailures() {
        try {
            return new PlansOfBuild(run)
                    .allFailures().stream().<Failure>map(Advice::inJenkins).toList();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "the failures of " + run + " can't be shown", e);
            return List.of();
        }
    }

    @Override
    public String getIconFileName() {
        return "symbol-cube";
    }

    @Override
    public String getDisplayName() {
        return "Integration plan";
    }

    @Override
    public String getUrlName() {
        return "imaas";
    }
}
