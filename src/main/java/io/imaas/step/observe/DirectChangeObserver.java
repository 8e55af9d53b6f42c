package io.imaas.step.observe;

import io.imaas.model.failure.FailureException;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.review.DirectChange;
import io.imaas.plan.snapshot.EnvironmentState;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.plan.snapshot.Snapshot;
import io.imaas.port.ChangedFile;
import io.imaas.port.Commit;
import io.imaas.port.GitRepository;
import java.util.List;

/** Reads what somebody did to an environment's branch between two commits. Writes nothing. */
public final class DirectChangeObserver {
    private final GitOpsObserver observer;
    private final GitRepository repository;
    private final ArrivalObserver arrivals;

    public DirectChangeObserver(GitOpsObserver observer, GitRepository repository, ArrivalObserver arrivals) {
        this.observer = observer;
        this.repository = repository;
        this.arrivals = arrivals;
    }

    /** @param before the branch's tip before the change */
    public DirectChange observe(Tenant tenant, EnvironmentName environment, CommitId before) {
        GitOpsState state = observer.observe(
                tenant.environments().stream().map(Environment::name).toList());
        EnvironmentState after = state.environment(environment);
        if (after.head() == null) {
            throw FailureException.input("there is no branch '" + environment + "'", "", "see 'imaas status'");
        }
        List<String> differing = repository.changed(before, after.head()).stream()
                .map(ChangedFile::path)
                .toList();
        // What this change made unreadable is refused; what was so before is its own pipeline's.
        after.services().stream()
                .filter(service ->
                        differing.stream().anyMatch(path -> path.startsWith("services/" + service.service() + "/")))
                .forEach(ServiceState::orThrow);
        EnvironmentState then = observer.observeAt(environment, before);
        List<ServiceState> came = after.services().stream()
                .filter(service -> service.release() != null
                        && !then.service(service.service())
                                .flatMap(ServiceState::running)
                                .equals(service.running()))
                .toList();
        return new DirectChange(
                then,
                after,
                differing,
                after.head(),
                author(environment),
                arrivals.add(Snapshot.of(state), tenant, new ArrivalObserver.Arrival(then, after.head(), came)));
    }

    private String author(EnvironmentName environment) {
        List<Commit> newest = repository.history(environment.branch(), "", 1);
        return newest.isEmpty() ? "somebody" : newest.get(0).author();
    }
}
