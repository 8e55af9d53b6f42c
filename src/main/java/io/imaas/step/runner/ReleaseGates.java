package io.imaas.step.runner;

import io.imaas.model.failure.Failure;
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
import java.util.function.Function;
import java.util.stream.Collectors;

/** Asks the gates of a build's own release: when its plan was made, nobody knew the release. */
public final class ReleaseGates implements ReleaseCheck {
    private final Tenant tenant;
    private final ReleasePlanner planner;
    private final ReleaseObserver observer;

    public ReleaseGates(Tenant tenant, ReleasePlanner planner, ReleaseObserver observer) {
        this.tenant = tenant;
        this.planner = planner;
        this.observer = observer;
    }

    @Override
    public Judged ask(EnvironmentName environment, Release release) {
        Snapshot facts = observer.observe(tenant, environment, release);
        List<GateAnswer> asked = planner.gatesOfBuild(environment, release, facts);
        List<GateAnswer> closed = asked.stream().filter(GateAnswer::closed).toList();
        if (!closed.isEmpty()) {
            GateAnswer first = closed.get(0);
            throw new FailureException(new Failure(
                    first.kind(),
                    joined(closed, GateAnswer::found),
                    first.subject(),
                    joined(closed, GateAnswer::opening)));
        }
        return new Judged(Optional.ofNullable(facts.judged().get(release.service())), asked);
    }

    private static String joined(List<GateAnswer> gates, Function<GateAnswer, String> part) {
        return gates.stream().map(part).collect(Collectors.joining("; "));
    }
}
