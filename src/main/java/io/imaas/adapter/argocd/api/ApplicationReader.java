package io.imaas.adapter.argocd.api;

import io.imaas.adapter.argocd.api.ApplicationDocument.ComparedTo;
import io.imaas.adapter.argocd.api.ApplicationDocument.Condition;
import io.imaas.adapter.argocd.api.ApplicationDocument.History;
import io.imaas.adapter.argocd.api.ApplicationDocument.OperationState;
import io.imaas.adapter.argocd.api.ApplicationDocument.ResourceResult;
import io.imaas.adapter.argocd.api.ApplicationDocument.ResourceStatus;
import io.imaas.adapter.argocd.api.ApplicationDocument.SourceDocument;
import io.imaas.adapter.argocd.api.ApplicationDocument.Spec;
import io.imaas.adapter.argocd.api.ApplicationDocument.Status;
import io.imaas.adapter.argocd.machine.ApplicationName;
import io.imaas.adapter.argocd.machine.ApplicationView;
import io.imaas.adapter.argocd.machine.ApplicationView.Resource;
import io.imaas.adapter.argocd.machine.ApplicationView.Source;
import io.imaas.adapter.argocd.machine.ApplicationView.SyncStatus;
import io.imaas.adapter.argocd.machine.Health;
import io.imaas.adapter.argocd.machine.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes the compact view of an application out of Argo CD's document. Ten thousand views are kept at a time: what
 * repeats is shared and what is well is left out.
 */
public final class ApplicationReader {
    /** The info entry by which we know our own operations. */
    public static final String ROLLOUT = "rollout";

    /** Conditions that make the status unreliable; the others are warnings (application/v1alpha1, types.go). */
    private static final Set<String> ERRORS =
            Set.of("ComparisonError", "InvalidSpecError", "SyncError", "UnknownError", "DeletionError");

    private static final String AUTOSCALER = "HorizontalPodAutoscaler";

    private static final Set<String> WORKLOADS =
            Set.of("Deployment", "StatefulSet", "DaemonSet", "Rollout", "CronJob", "Job", AUTOSCALER);

    private ApplicationReader() {}

    public static ApplicationView view(ApplicationDocument document) {
        Spec spec = document.spec();
        Status status = document.status() == null
                ? new Status(null, null, null, null, null, null, null, null)
                : document.status();
        List<Resource> resources =
                orEmpty(status.resources()).map(ApplicationReader::resource).toList();
        ApplicationDocument.Automated automated =
                spec.syncPolicy() == null ? null : spec.syncPolicy().automated();
        ApplicationDocument.Metadata metadata = document.metadata();
        return new ApplicationView(
                new ApplicationName(shared(metadata.namespace()), metadata.name()),
                shared(spec.project()),
                text(metadata.resourceVersion()),
                metadata.deletionTimestamp() != null,
                metadata.labels() != null && metadata.labels().containsKey("imaas.io/service"),
                automated != null && !Boolean.FALSE.equals(automated.enabled()),
                automated != null && automated.prune(),
                sources(spec.source(), spec.sources()),
                status.sync() == null
                        ? List.of()
                        : revisions(status.sync().revision(), status.sync().revisions()),
                status.sync() == null
                        ? SyncStatus.UNKNOWN
                        : SyncStatus.parse(status.sync().status()),
                status.sync() == null ? List.of() : compared(status.sync().comparedTo()),
                document.operation() != null,
                elsewhere(spec, status.operationState()) ? null : operation(status.operationState()),
                health(status, resources),
                status.health() == null ? "" : text(status.health().message()),
                instant(status.reconciledAt()),
                orEmpty(status.conditions())
                        .filter(condition -> ERRORS.contains(condition.type()))
                        .map(ApplicationReader::line)
                        .toList(),
                status.summary() == null
                        ? List.of()
                        : orEmpty(status.summary().images()).toList(),
                resources.size(),
                resources.stream().filter(resource -> !resource.done()).toList(),
                // The sync itself tells how its hooks ended; one that an earlier sync left behind says nothing of this
                // one.
                orEmpty(status.resources())
                        .filter(resource -> !resource.hook())
                        .map(ApplicationReader::resource)
                        .filter(resource -> WORKLOADS.contains(resource.kind()))
                        .toList(),
                usual(orEmpty(status.history()).toList()));
    }

    /** An autoscaler that nobody gives measurements to changes no number of pods: it is told, and says nothing of the pods. */
    private static Health health(Status status, List<Resource> resources) {
        Health health = status.health() == null
                ? Health.UNKNOWN
                : Health.parse(status.health().status());
        List<Resource> bad = resources.stream()
                .filter(resource -> resource.health() != Health.HEALTHY)
                .toList();
        return health == Health.DEGRADED
                        && !bad.isEmpty()
                        && bad.stream().allMatch(resource -> resource.kind().equals(AUTOSCALER))
                ? Health.HEALTHY
                : health;
    }

    private static String line(Condition condition) {
        return condition.type() + ": " + text(condition.message());
    }

    private static List<Source> sources(SourceDocument one, List<SourceDocument> several) {
        if (several != null && !several.isEmpty()) {
            return several.stream().map(ApplicationReader::source).toList();
        }
        return one == null ? List.of() : List.of(source(one));
    }

    private static List<Source> compared(ComparedTo compared) {
        // An application without a status carries an empty source here.
        return compared == null
                ? List.of()
                : sources(compared.source(), compared.sources()).stream()
                        .filter(source -> !source.repository().isEmpty())
                        .toList();
    }

    private static Source source(SourceDocument source) {
        return new Source(shared(source.repoURL()), shared(source.path()), shared(source.targetRevision()));
    }

    private static List<String> revisions(String one, List<String> several) {
        if (several != null && !several.isEmpty()) {
            return several.stream().map(ApplicationReader::shared).toList();
        }
        return one == null || one.isEmpty() ? List.of() : List.of(shared(one));
    }

    /**
     * Whether the last sync was of another repository, as an adopted application's is until its first release: its commit
     * is unknown here, and says nothing of what the application is to run now.
     */
    private static boolean elsewhere(ApplicationDocument.Spec spec, OperationState state) {
        return state != null
                && state.finishedAt() != null
                && spec.source() != null
                && state.syncResult() != null
                && state.syncResult().source() != null
                && !Objects.equals(
                        spec.source().repoURL(), state.syncResult().source().repoURL());
    }

    private static Operation operation(OperationState state) {
        if (state == null) {
            return null;
        }
        ApplicationDocument.OperationDocument asked = state.operation();
        ApplicationDocument.SyncOperation sync = asked == null ? null : asked.sync();
        List<String> revisions = state.syncResult() == null
                ? List.of()
                : revisions(state.syncResult().revision(), state.syncResult().revisions());
        if (revisions.isEmpty() && sync != null) {
            revisions = revisions(sync.revision(), sync.revisions());
        }
        return new Operation(
                Operation.Phase.parse(text(state.phase())),
                instant(state.startedAt()),
                instant(state.finishedAt()),
                revisions,
                asked == null ? "" : rolloutId(asked),
                state.retryCount(),
                sync != null
                        && (sync.dryRun() || orEmpty(sync.resources()).findAny().isPresent()),
                text(state.message()),
                results(state)
                        .filter(r -> "Job".equals(r.kind()) && "Running".equals(r.hookPhase()))
                        .map(ResourceResult::name)
                        .toList(),
                results(state)
                        .filter(ApplicationReader::failed)
                        .map(r -> r.kind() + " " + r.name() + ": " + text(r.message()))
                        .toList());
    }

    private static Stream<ResourceResult> results(OperationState state) {
        return state.syncResult() == null
                ? Stream.empty()
                : orEmpty(state.syncResult().resources());
    }

    private static String rolloutId(ApplicationDocument.OperationDocument asked) {
        return orEmpty(asked.info())
                .filter(info -> ROLLOUT.equals(info.name()))
                .map(info -> text(info.value()))
                .findFirst()
                .orElse("");
    }

    private static boolean failed(ResourceResult result) {
        return "SyncFailed".equals(result.status())
                || "Failed".equals(result.hookPhase())
                || "Error".equals(result.hookPhase());
    }

    private static Resource resource(ResourceStatus status) {
        return new Resource(
                shared(status.group()),
                shared(status.version()),
                shared(status.kind()),
                shared(status.namespace()),
                shared(status.name()),
                // Hooks are not part of the desired state and have no sync status.
                status.hook() ? SyncStatus.SYNCED : SyncStatus.parse(status.status()),
                status.health() == null
                        ? Health.HEALTHY
                        : Health.parse(status.health().status()),
                status.health() == null ? "" : text(status.health().message()));
    }

    private static Duration usual(List<History> history) {
        List<Duration> durations = history.stream()
                .filter(entry -> entry.deployStartedAt() != null && entry.deployedAt() != null)
                .map(entry -> Duration.between(instant(entry.deployStartedAt()), instant(entry.deployedAt())))
                .sorted()
                .toList();
        return durations.isEmpty() ? null : durations.get(durations.size() / 2);
    }

    private static Instant instant(String text) {
        return text == null || text.isEmpty() ? null : Instant.parse(text);
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    private static String shared(String value) {
        return value == null ? "" : value.intern();
    }

    private static <T> Stream<T> orEmpty(List<T> list) {
        return list == null ? Stream.empty() : list.stream().filter(Objects::nonNull);
    }
}
