package io.imaas.step.observe;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Location;
import io.imaas.model.record.Unbelieved;
import io.imaas.model.rollout.Approval;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.Hold;
import io.imaas.model.rollout.Migration;
import io.imaas.model.rollout.Release;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.snapshot.EnvironmentState;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.port.Clock;
import io.imaas.port.GitRepository;
import io.imaas.port.TextFiles;
import io.imaas.port.ValuesEditor;
import io.imaas.step.record.Records;
import io.imaas.step.record.RecordsBranch;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads a tenant's GitOps repository into the value that decisions are made of. Writes nothing. */
public record GitOpsObserver(GitRepository repository, ValuesEditor values, Clock clock, Records records) {
    /** Services that are looked for one by one; to find more of them, the whole branch is listed once. */
    private static final int FEW = 20;

    /** Each environment's branch with all services found on it, what is known of their health, and approvals given. */
    public GitOpsState observe(List<EnvironmentName> environments) {
        return observe(environments, null);
    }

    /** The same of some services alone, whatever else the branches hold; null: of all that are found. */
    public GitOpsState observe(List<EnvironmentName> environments, Collection<ServiceName> services) {
        RecordsBranch branch = RecordsBranch.of(repository, records, environments);
        CommitId tip = branch.counts();
        List<Unbelieved> unbelieved = new ArrayList<>(branch.unbelieved());
        // The branch of records was read from the server just now, and with it what was asked about before.
        Map<BranchName, CommitId> heads = repository.lastSeen(environments.stream()
                .flatMap(name -> Stream.of(name.branch(), GitOpsPaths.rendered(name)))
                .toList());
        List<EnvironmentState> bare = environments.stream()
                .map(name -> observe(name, heads.get(name.branch()), heads.get(GitOpsPaths.rendered(name)), services))
                .toList();
        List<HealthRecord> health = tip == null ? List.of() : health(tip, bare, unbelieved);
        List<EnvironmentState> states =
                bare.stream().map(state -> withHealth(state, health)).toList();
        List<Approval> approvals = tip == null ? List.of() : approvals(tip, unbelieved);
        return new GitOpsState(states, health, approvals, unbelieved, tip, clock.now());
    }

    private EnvironmentState observe(
            EnvironmentName name, CommitId head, CommitId rendered, Collection<ServiceName> services) {
        return head == null
                ? new EnvironmentState(name, null, rendered, List.of())
                : observeAt(name, head, rendered, services);
    }

    /**
     * An environment's branch as it was at a commit; nothing is said of health.
     *
     * @param rendered the tip of the manifests' branch, or null when there is none
     */
    EnvironmentState observeAt(EnvironmentName name, CommitId head, CommitId rendered) {
        return observeAt(name, head, rendered, null);
    }

    private EnvironmentState observeAt(
            EnvironmentName name, CommitId head, CommitId rendered, Collection<ServiceName> wanted) {
        NavigableSet<ServiceName> services = new TreeSet<>();
        if (wanted == null || wanted.size() > FEW) {
            repository.list(head, "services").forEach(path -> GitOpsPaths.serviceOf(path)
                    .ifPresent(services::add));
            if (wanted != null) {
                services.retainAll(Set.copyOf(wanted));
            }
        } else {
            wanted.stream()
                    .filter(service ->
                            repository.tree(head, GitOpsPaths.folder(service)).isPresent())
                    .forEach(services::add);
        }
        TextFiles files = repository.readText(
                head,
                services.stream()
                        .flatMap(service -> Stream.of(
                                GitOpsPaths.release(service),
                                GitOpsPaths.values(service),
                                GitOpsPaths.migration(service),
                                GitOpsPaths.hold(service, name)))
                        .toList());
        return new EnvironmentState(
                name,
                head,
                rendered,
                services.stream()
                        .map(service -> new ServiceReader(values, name, files).read(service))
                        .toList());
    }

    /** A release may be proven in one environment and run in another, so every digest is looked up everywhere. */
    private List<HealthRecord> health(CommitId tip, List<EnvironmentState> states, List<Unbelieved> unbelieved) {
        Set<Release> running = new LinkedHashSet<>();
        states.forEach(state -> state.services().forEach(s -> s.running().ifPresent(running::add)));
        Set<String> places = new LinkedHashSet<>();
        for (Release release : running) {
            states.forEach(state -> places.add(GitOpsPaths.health(
                    release.service(), state.name(), release.image().digest())));
        }
        List<HealthRecord> found = new ArrayList<>();
        read(tip, places, unbelieved).forEach((path, text) -> records.health(path, text, unbelieved::add)
                .ifPresent(found::add));
        return found;
    }

    /** What can't be read proves nothing, and keeps nobody from reading the rest. */
    private Map<String, String> read(CommitId tip, Collection<String> paths, List<Unbelieved> unbelieved) {
        TextFiles files = repository.readText(tip, paths);
        files.unreadable().forEach((path, why) -> unbelieved.add(new Unbelieved(path, why.what())));
        return files.texts();
    }

    private static EnvironmentState withHealth(EnvironmentState state, List<HealthRecord> health) {
        return new EnvironmentState(
                state.name(),
                state.head(),
                state.rendered(),
                state.services().stream().map(s -> withHealth(state, s, health)).toList());
    }

    private static ServiceState withHealth(EnvironmentState state, ServiceState service, List<HealthRecord> health) {
        HealthRecord own = health.stream()
                .filter(h -> service.release() != null
                        && h.service().equals(service.service())
                        && h.environment().equals(state.name())
                        && h.digest().equals(service.release().image().digest()))
                .findFirst()
                .orElse(null);
        return service.with(own);
    }

    private List<Approval> approvals(CommitId tip, List<Unbelieved> unbelieved) {
        List<Approval> found = new ArrayList<>();
        Instant now = clock.now();
        read(tip, List.of("approvals", "overrides"), unbelieved)
                .forEach((path, text) ->
                        records.approval(path, text, now, unbelieved::add).ifPresent(found::add));
        return found;
    }

    /** One service out of the files of its environment's branch: what can't be read of it is told, and harms no other. */
    private record ServiceReader(ValuesEditor values, EnvironmentName environment, TextFiles files) {
        ServiceState read(ServiceName service) {
            String path = GitOpsPaths.release(service);
            Hold hold = hold(GitOpsPaths.hold(service, environment));
            String text = files.texts().get(path);
            String common = files.texts().get(GitOpsPaths.values(service));
            try {
                Release release = files.find(path)
                        .flatMap(found -> Release.of(service, values.read(path, found)))
                        .orElse(null);
                files.find(GitOpsPaths.values(service));
                return new ServiceState(service, release, null, hold, text, common).with(migration(service));
            } catch (FailureException problem) {
                return new ServiceState(
                        service, null, null, hold, text, common, null, placed(problem.failure(), service, path));
            }
        }

        private Migration migration(ServiceName service) {
            String path = GitOpsPaths.migration(service);
            return files.find(path).map(text -> Migration.parse(text, path)).orElse(null);
        }

        /** A hold that nobody can read holds: somebody had a reason. */
        private Hold hold(String path) {
            try {
                return files.find(path).map(text -> Hold.parse(text, path)).orElse(null);
            } catch (FailureException | DateTimeException unreadable) {
                return new Hold("its file " + place(path) + " can't be read", "", Instant.EPOCH);
            }
        }

        private Failure placed(Failure problem, ServiceName service, String path) {
            Location seen = problem.where() instanceof Location file ? file : Location.of(path);
            String fix = problem.suggestion().isEmpty()
                    ? "fix it on branch " + environment + ", or: imaas rollback " + service + " " + environment
                    : problem.suggestion();
            return new Failure(
                    problem.kind(), problem.what(), new Location(place(seen.file()), seen.line(), seen.column()), fix);
        }

        private String place(String path) {
            return environment + ":" + path;
        }
    }
}
