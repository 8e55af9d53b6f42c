package io.imaas.step.runner;

import io.imaas.plan.step.EnsureManifests;
import io.imaas.port.Cluster;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepRunner;

/** Applies the tenant's space. */
public final class EnsureManifestsRunner implements StepRunner<EnsureManifests> {
    private final Cluster cluster;

    public EnsureManifestsRunner(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public Class<EnsureManifests> kind() {
        return EnsureManifests.class;
    }

    @Override
    public Outcome run(EnsureManifests step, StepContext context) {
        return Outcome.done(null, cluster.apply(step.manifests()));
    }
}
