package io.imaas.step.runner;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.plan.step.EnsureManifests;
import io.imaas.port.Applied;
import io.imaas.port.Cluster;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepRunner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Brings the tenant's space to what is wanted; what can't be is told together with what could. */
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
        Applied applied = cluster.ensure(step.manifests());
        if (applied.failures().isEmpty()) {
            return new Outcome.Succeeded(null, applied.effects(), applied.warnings());
        }
        Failure first = first(applied.failures());
        List<Problem> problems = new ArrayList<>(applied.warnings());
        applied.failures().stream()
                .filter(failure -> !failure.equals(first))
                .map(EnsureManifestsRunner::problem)
                .forEach(problems::add);
        return new Outcome.Failed(first, problems, applied.effects());
    }

    /** What time may cure decides only when there is nothing else: trying again does not help the rest. */
    private static Failure first(List<Failure> failures) {
        return failures.stream()
                .min(Comparator.comparing(failure -> failure.kind().again() != FailureKind.Again.NEVER))
                .orElseThrow();
    }

    private static Problem problem(Failure failure) {
        return Problem.error("cluster", Location.of(failure.where()), failure.what(), failure.suggestion());
    }
}
