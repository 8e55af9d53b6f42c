package io.imaas.plan.snapshot;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import java.util.List;
import java.util.Optional;

/**
 * The chart of an environment.
 *
 * @param now the digest of the chart that its manifests were made with; empty where nothing was rendered yet
 * @param named the digest of the chart that the platform names; of an environment that nobody asks about, the one it has
 * @param latest whether somebody saw live what its services are to run
 * @param coming whether the plan at hand brings it the named chart, or waits for its rollouts, before anything else
 */
public record ChartState(
        EnvironmentName environment, String now, String named, List<LatestChange> latest, boolean coming)
        implements Snapshot.Fact {
    public ChartState {
        latest = List.copyOf(latest);
    }

    public boolean changes() {
        return !now.isEmpty() && !now.equals(named);
    }

    /** The same where the plan at hand sees to it first. */
    public ChartState first() {
        return new ChartState(environment, now, named, latest, true);
    }

    public Optional<LatestChange> latest(ServiceName service) {
        return latest.stream()
                .filter(change -> change.release().service().equals(service))
                .findFirst();
    }
}
