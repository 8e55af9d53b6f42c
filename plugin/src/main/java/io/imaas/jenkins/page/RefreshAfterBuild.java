package io.imaas.jenkins.page;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.imaas.jenkins.run.KeptPlan;
import io.imaas.jenkins.run.PlansAction;
import io.imaas.jenkins.run.PlansOfBuild;
import io.imaas.plan.delivery.Intent;
import java.io.UncheckedIOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Whoever looks after a build that planned something sees what came of it. */
@Extension
public final class RefreshAfterBuild extends RunListener<Run<?, ?>> {
    private static final Logger LOGGER = Logger.getLogger(RefreshAfterBuild.class.getName());

    @Override
    public void onCompleted(Run<?, ?> run, @NonNull TaskListener listener) {
        if (run.getAction(PlansAction.class) == null) {
            return;
        }
        try {
            new PlansOfBuild(run).all().forEach(RefreshAfterBuild::refresh);
        } catch (UncheckedIOException e) {
            LOGGER.log(Level.WARNING, "pages are refreshed later: " + run, e);
        }
    }

    private static void refresh(KeptPlan plan) {
        PlatformStatus status = PlatformStatus.get();
        plan.tenant().ifPresent(tenant -> status.outdated(tenant.name()));
        if (plan.intended().intent() == Intent.ONBOARD) {
            status.outdated();
        }
    }
}
