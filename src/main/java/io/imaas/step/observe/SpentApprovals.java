package io.imaas.step.observe;

import io.imaas.model.rollout.Approval;
import io.imaas.plan.gate.Fingerprint;
import io.imaas.plan.snapshot.RenderFacts;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.plan.snapshot.Snapshot;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * A yes is to one arrival. What has run since it was said and was replaced needs another one to come back: nobody agreed to
 * take the newer away.
 */
record SpentApprovals(RenderObserver observer, ArrivalObserver.Arrival arrival) {
    private static final int LOOK_BACK = 500;

    /** The facts, in which a spent yes is void. */
    Snapshot voidedIn(Snapshot facts) {
        List<Approval> approvals = facts.state().approvals().stream()
                .map(approval -> landed(approval, facts)
                        .map(when -> approval.voided("it was for what landed at " + when + " and was replaced", when))
                        .orElse(approval))
                .toList();
        return facts.saying(approvals);
    }

    /** When what a yes is for landed after it was said; empty when it did not, or is no matter of this arrival. */
    private Optional<Instant> landed(Approval approval, Snapshot facts) {
        return arrival.coming().stream()
                .filter(coming -> approval.verdict() == Approval.Verdict.YES
                        && approval.environment().equals(arrival.before().name())
                        && approval.service().equals(coming.service())
                        && approval.fingerprint()
                                .equals(Fingerprint.of(arrival.before().name(), coming, facts)))
                .map(ServiceState::service)
                .findFirst()
                .flatMap(facts::render)
                .filter(render -> !render.manifests().all().isEmpty())
                .flatMap(render -> landed(render, approval.at().truncatedTo(ChronoUnit.SECONDS)));
    }

    private Optional<Instant> landed(RenderFacts render, Instant since) {
        String coming = render.manifests().text();
        return observer.log(render.service(), LOOK_BACK)
                .takeWhile(ran -> !ran.at().isBefore(since))
                .filter(ran -> ran.manifests().get().equals(coming))
                .map(RenderObserver.Ran::at)
                .findFirst();
    }
}
