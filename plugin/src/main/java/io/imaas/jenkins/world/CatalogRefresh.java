package io.imaas.jenkins.world;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import io.imaas.jenkins.config.ImaasConfiguration;
import io.imaas.model.failure.FailureException;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the catalog fresh where no webhook tells of changes, and reads it soon after a start, so that no build waits for
 * it. Builds of the platform repository refresh it at once.
 */
@Extension
public final class CatalogRefresh extends AsyncPeriodicWork {
    public CatalogRefresh() {
        super("IMaaS catalog");
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.MINUTES.toMillis(5);
    }

    @Override
    public long getInitialDelay() {
        return TimeUnit.SECONDS.toMillis(20);
    }

    @Override
    protected void execute(TaskListener listener) {
        if (ImaasConfiguration.get().getPlatformRepository().isEmpty()) {
            return;
        }
        try {
            OurClasses.call(PlatformWorld.get()::refresh).broken().forEach(broken -> listener.error(broken.sentence()));
        } catch (FailureException e) {
            // What was known before stays in force; builds that need more say so themselves.
            listener.error(e.failure().sentence());
        }
    }
}
