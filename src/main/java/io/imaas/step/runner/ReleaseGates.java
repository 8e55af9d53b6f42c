package io.imaas.step.runner;

import io.imaas.model.failure.FailureException;
import io.imaas.model.rollout.Release;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.delivery.ReleasePlanner;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.snapshot.Snapshot;
import io.imaas.step.observe.ReleaseObserver;
import java.util.List;
import java.util.Optional;

/** Asks the gates of a build's own release: when its plan was made, nobody knew the release. */
public record ReleaseGates(Tenant tenant, ReleasePlanner planner, ReleaseObserver observer) implements ReleaseCheck {
    @Override
    public Reviewed ask(EnvironmentName environment, Release release, String migration) {
        Snapshot facts = observer.observe(tenant, environment, release, migration);
        List<GateAnswer> asked = planner.gatesOfBuild(environment, release, migration, facts);
        List<GateAnswer> closed = asked.stream().filter(GateAnswer::closed).toList();
        if (!closed.isEmpty()) {
            throw new FailureException(GateAnswer.refusal(closed));
        }
        return new Reviewed(Optional.ofNullable(facts.hashes().get(release.service())), asked);
    }
}
