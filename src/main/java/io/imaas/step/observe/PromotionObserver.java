package io.imaas.step.observe;

import io.imaas.model.failure.FailureException;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.gate.Candidate;
import io.imaas.plan.promotion.Candidates;
import io.imaas.plan.promotion.PromotionRequest;
import io.imaas.plan.snapshot.EnvironmentState;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.plan.snapshot.PastRelease;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.plan.snapshot.Snapshot;
import java.util.List;

/** Gathers what a promotion is decided on. Writes nothing. */
public record PromotionObserver(
        GitOpsObserver observer, ReleaseHistory history, ArrivalObserver arrivals, AuthorsObserver authors) {
    /** How many releases of an environment are searched for the sources of a merge. */
    private static final int LOOK_BACK = 200;

    /**
     * The facts of what a promotion would bring, and of nothing else.
     *
     * @throws FailureException INPUT when it names what is not there, or sources without exactly one service
     */
    public Snapshot observe(Platform platform, Tenant tenant, PromotionRequest wanted) {
        return observe(platform, tenant, wanted, Candidates::arriving);
    }

    /** The same of what is there already too: its environment's own values may be what somebody says yes to. */
    public Snapshot observeToApprove(Platform platform, Tenant tenant, PromotionRequest wanted) {
        return observe(
                platform, tenant, wanted, (request, facts, candidates) -> Candidates.approvable(request, candidates));
    }

    /** Which of the candidates are looked at more closely. */
    private interface Selection {
        List<Candidate> of(PromotionRequest wanted, Snapshot facts, List<Candidate> candidates);
    }

    private Snapshot observe(Platform platform, Tenant tenant, PromotionRequest wanted, Selection which) {
        GitOpsState state = observer.observe(
                tenant.environments().stream().map(Environment::name).toList());
        Snapshot known = Snapshot.of(state).with(past(wanted));
        List<Candidate> all = Candidates.of(platform, tenant, wanted, known);
        List<Service> there = all.stream()
                .filter(Candidate::alreadyThere)
                .map(Candidate::service)
                .toList();
        Snapshot facts = known.with(new LatestChangeObserver(observer.repository()).observe(there, wanted.to(), state));
        EnvironmentState target = state.environment(wanted.to());
        // A branch that is not there yet begins with the values of the one before.
        CommitId own = target.head() == null ? state.environment(wanted.from()).head() : target.head();
        List<Candidate> candidates = which.of(wanted, facts, all);
        List<ServiceState> coming = candidates.stream().map(Candidate::source).toList();
        return arrivals.add(facts, tenant, new ArrivalObserver.Arrival(target, own, coming))
                .with(candidates.stream()
                        .filter(candidate -> candidate.environment().approvals().authorsMayNot())
                        .map(candidate -> authors.promoted(candidate.service(), candidate.release(), target))
                        .toList());
    }

    private List<PastRelease> past(PromotionRequest wanted) {
        if (wanted.tree() == null) {
            return List.of();
        }
        if (wanted.services().size() != 1) {
            throw FailureException.input(
                    "to promote by sources, name exactly one service", "tree " + wanted.tree(), "");
        }
        return history.of(wanted.services().get(0), wanted.from(), LOOK_BACK);
    }
}
