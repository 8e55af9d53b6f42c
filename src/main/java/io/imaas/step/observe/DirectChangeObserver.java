package io.imaas.step.observe;

import io.imaas.model.failure.FailureException;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.review.DirectChange;
import io.imaas.plan.review.PullRequestFacts;
import io.imaas.plan.snapshot.Authors;
import io.imaas.plan.snapshot.ChartInputs;
import io.imaas.plan.snapshot.EnvironmentState;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.plan.snapshot.RenderFacts;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.plan.snapshot.Snapshot;
import io.imaas.port.Commit;
import io.imaas.port.GitHistory.ChangedFile;
import io.imaas.port.GitRepository;
import io.imaas.port.TextFiles;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what somebody did to an environment's branch between two commits. Writes nothing. */
public record DirectChangeObserver(
        GitOpsObserver observer,
        GitRepository repository,
        ArrivalObserver arrivals,
        AuthorsObserver authors,
        PullRequestObserver pulls) {
    /**
     * @param before the branch's tip before the change
     * @param theirs the services whose files the change touched; null: whatever differs
     */
    public DirectChange observe(Tenant tenant, EnvironmentName environment, CommitId before, Set<ServiceName> theirs) {
        GitOpsState state = observer.observe(
                tenant.environments().stream().map(Environment::name).toList());
        EnvironmentState after = state.environment(environment);
        if (after.head() == null) {
            throw FailureException.input(
                    "there is no branch '" + environment + "'",
                    tenant.gitops().value(),
                    "these have one: "
                            + tenant.environments().stream()
                                    .map(Environment::name)
                                    .filter(each -> state.environment(each).head() != null)
                                    .map(EnvironmentName::value)
                                    .collect(Collectors.joining(", ")));
        }
        List<String> differing = repository.changed(before, after.head()).stream()
                .map(ChangedFile::path)
                .filter(path -> theirs == null
                        || GitOpsPaths.serviceOf(path).map(theirs::contains).orElse(true))
                .toList();
        EnvironmentState then = withNow(after, theirs, observer.observeAt(environment, before, after.rendered()));
        Set<ServiceName> touched = new TreeSet<>();
        // A service's own chart may read any file of its folder.
        differing.stream()
                .filter(path -> !tenant.isRendered() || !path.contains("/hold/"))
                .forEach(path -> GitOpsPaths.serviceOf(path).ifPresent(touched::add));
        List<ServiceState> running = after.services().stream()
                .filter(service -> service.release() != null)
                .toList();
        Map<ServiceName, ServiceState> came = new TreeMap<>();
        if (tenant.isRendered() || differing.stream().anyMatch(ChartInputs::isOfAll)) {
            running.stream()
                    .filter(service -> isOnPath(tenant, service.service(), environment))
                    .forEach(service -> came.put(service.service(), service));
        }
        running.stream()
                .filter(service -> touched.contains(service.service()))
                .forEach(service -> came.put(service.service(), service));
        // What this change made unreadable is refused; what was so before is its own pipeline's.
        List<ServiceState> unreadable = after.services().stream()
                .filter(service -> service.unreadable() != null && touched.contains(service.service()))
                .toList();
        then.services().stream()
                .filter(service -> service.release() != null && touched.contains(service.service()))
                .filter(service ->
                        unreadable.stream().noneMatch(now -> now.service().equals(service.service())))
                .forEach(service -> came.putIfAbsent(
                        service.service(), new ServiceState(service.service(), null, null, null, null, null)));
        Snapshot facts = arrivals.add(
                        Snapshot.of(state),
                        tenant,
                        new ArrivalObserver.Arrival(then, before, after.head(), List.copyOf(came.values())))
                .with(unreadable.stream()
                        .map(service -> RenderFacts.refused(
                                service.service(), service.unreadable().sentence()))
                        .toList())
                .with(authors(tenant, then, after, before, came.values()));
        Set<ServiceName> unrendered = tenant.isRendered() ? unrendered(facts) : Set.of();
        return new DirectChange(
                then,
                after,
                differing,
                after.head(),
                author(after.head()),
                isApproved(tenant, environment)
                        ? pulls.observe(before, after.head(), came.keySet())
                        : PullRequestFacts.NONE,
                running(tenant, after, before, differing, came.keySet()),
                unrendered,
                unrendered.stream()
                        .filter(service -> isReturning(tenant, service, after))
                        .collect(Collectors.toSet()),
                facts);
    }

    /**
     * What taking back puts there: of the files that decide what runs those of which the service's manifests were made, for what
     * people pushed and gates let in is among them; of all else what the orchestrator left.
     */
    private Map<String, String> running(
            Tenant tenant, EnvironmentState after, CommitId before, List<String> differing, Set<ServiceName> services) {
        Map<String, String> running = new TreeMap<>();
        TextFiles then = repository.readText(before, differing);
        differing.stream()
                .filter(path -> !then.unreadable().containsKey(path))
                .forEach(path -> running.put(path, then.texts().get(path)));
        if (tenant.isRendered()) {
            services.forEach(service -> ReleaseHistory.rendered(repository, service, after.name(), 1)
                    .filter(made -> repository.contains(after.head(), made))
                    .forEach(made -> {
                        running.keySet().removeAll(GitOpsPaths.sources(service, after.name()));
                        running.putAll(
                                RollbackObserver.differing(repository, service, after.name(), after.head(), made));
                    }));
        }
        return running;
    }

    /** What the orchestrator itself has changed since was asked by then: it is no change of theirs. */
    private static EnvironmentState withNow(EnvironmentState after, Set<ServiceName> theirs, EnvironmentState then) {
        return theirs == null
                ? then
                : new EnvironmentState(
                        then.name(),
                        then.head(),
                        then.rendered(),
                        Stream.concat(
                                        then.services().stream().filter(one -> theirs.contains(one.service())),
                                        after.services().stream().filter(one -> !theirs.contains(one.service())))
                                .toList());
    }

    private static boolean isApproved(Tenant tenant, EnvironmentName environment) {
        return tenant.environment(environment)
                .filter(known -> !known.approvals().asksNobody())
                .isPresent();
    }

    private List<Authors> authors(
            Tenant tenant,
            EnvironmentState then,
            EnvironmentState after,
            CommitId before,
            Collection<ServiceState> came) {
        if (tenant.environment(after.name())
                .filter(environment -> environment.approvals().authorsMayNot())
                .isEmpty()) {
            return List.of();
        }
        return came.stream()
                .flatMap(service -> tenant.service(service.service()).stream()
                        .map(known ->
                                authors.pushed(known, then.service(known.name()).orElse(null), after, before)))
                .toList();
    }

    private static boolean isOnPath(Tenant tenant, ServiceName service, EnvironmentName environment) {
        return tenant.service(service)
                .filter(known -> known.environments().contains(environment))
                .isPresent();
    }

    /** What a push brought that was not reviewed yet, or what a run that was cut off left behind. */
    private static Set<ServiceName> unrendered(Snapshot facts) {
        return facts.all(RenderFacts.class)
                .filter(render -> !render.runsAlready())
                .map(RenderFacts::service)
                .collect(Collectors.toSet());
    }

    /**
     * Whether the last change of it is the orchestrator's own rollback of what runs. One that is older than what runs was put
     * back by somebody.
     */
    private boolean isReturning(Tenant tenant, ServiceName service, EnvironmentState after) {
        return repository.history(after.name().branch(), GitOpsPaths.folder(service), 1).stream()
                .filter(last -> last.trailers().containsKey(Trailers.ROLLBACK)
                        && Trailers.areOf(tenant.name(), after.name(), last.trailers()))
                .anyMatch(last -> ReleaseHistory.rendered(repository, service, after.name(), 1)
                        .anyMatch(made -> repository.contains(last.id(), made)));
    }

    private String author(CommitId head) {
        List<Commit> newest = repository.between(null, head, 1);
        return newest.isEmpty() ? "somebody" : newest.get(0).author();
    }
}
