package io.imaas.step.runner;

import io.imaas.model.failure.FailureException;
import io.imaas.model.rollout.Release;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.delivery.ReleasePlanner;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.gate.GateRecords;
import io.imaas.plan.gate.GateTable;
import io.imaas.plan.gate.Question;
import io.imaas.plan.snapshot.Snapshot;
import io.imaas.plan.step.CommitRelease;
import io.imaas.port.Precondition;
import io.imaas.step.observe.ReleaseObserver;
import io.imaas.step.record.Records;
import java.util.List;
import java.util.Optional;

/** Asks the gates of a build's own release: when its plan was made, nobody knew the release. */
public record ReleaseGates(Tenant tenant, ReleasePlanner planner, ReleaseObserver observer, Records records)
        implements ReleaseCheck {
    @Override
    public Reviewed ask(CommitRelease step, Release release) {
        Snapshot facts = observer.observe(tenant, step.environment(), release, step.migration());
        Optional<Question> question =
                planner.landing(step.environment(), step.actor(), release, step.migration(), facts);
        List<GateAnswer> asked = question.map(GateTable::ask).orElse(List.of());
        List<GateAnswer> closed = asked.stream().filter(GateAnswer::closed).toList();
        if (!closed.isEmpty()) {
            throw new FailureException(GateAnswer.refusal(closed));
        }
        List<Precondition> read = question.map(known -> records.unchanged(GateRecords.of(known.arriving(), facts)))
                .orElse(List.of());
        return new Reviewed(Optional.ofNullable(facts.hashes().get(release.service())), asked, read);
    }
}
