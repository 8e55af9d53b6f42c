package io.imaas.step.observe;

import io.imaas.model.rollout.Approval;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.Hold;
import io.imaas.model.rollout.Release;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.snapshot.EnvironmentState;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.port.Clock;
import io.imaas.port.GitRepository;
import io.imaas.port.ValuesEditor;
import io.imaas.step.edit.HealthLedger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads a tenant's GitOps repository into the value that decisions are made of. Writes nothing. */
public final class GitOpsObserver {
    private final GitRepository repository;
    private final ValuesEditor values;
    private final Clock clock;

    public GitOpsObserver(GitRepository repository, ValuesEditor values, Clock clock) {
        this.repository = repository;
        this.values = values;
        this.clock = clock;
    }

    /** Each environment's branch with all services found on it, what is known of their health, and approvals given. */
    public GitOpsState observe(List<EnvironmentName> environments) {
        return observe(environments, this::services);
    }

    /** The same of some services alone, whatever else the branches hold. */
    public GitOpsState observe(List<EnvironmentName> environments, Collection<ServiceName> services) {
        return observe(environments, head -> there(head, services));
    }

    private GitOpsState observe(
            List<EnvironmentName> environments, Function<CommitId, Collection<ServiceName>> services) {
        CommitId records = repository.head(GitOpsPaths.RECORDS).orElse(null);
        List<EnvironmentState> bare =
                environments.stream().map(name -> observe(name, services)).toList();
        List<HealthRecord> health = records == null ? List.of() : health(records, bare);
        List<EnvironmentState> states =
                bare.stream().map(state -> withHealth(state, health)).toList();
        return new GitOpsState(states, health, records == null ? List.of() : approvals(records), clock.now());
    }

    private EnvironmentState observe(EnvironmentName name, Function<CommitId, Collection<ServiceName>> services) {
        return repository
                .head(name.branch())
                .map(head -> observeAt(name, head, services.apply(head)))
                .orElse(new EnvironmentState(name, null, List.of()));
    }

    /** An environment's branch as it was at a commit; nothing is said of health. */
    EnvironmentState observeAt(EnvironmentName name, CommitId head) {
        return observeAt(name, head, services(head));
    }

    private EnvironmentState observeAt(EnvironmentName name, CommitId head, Collection<ServiceName> services) {
        return new EnvironmentState(
                name,
                head,
                services.stream().map(service -> observe(head, name, service)).toList());
    }

    private Collection<ServiceName> there(CommitId head, Collection<ServiceName> wanted) {
        return wanted.stream()
                .filter(service -> repository.tree(head, "services/" + service).isPresent())
                .sorted()
                .toList();
    }

    private Collection<ServiceName> services(CommitId head) {
        TreeSet<ServiceName> services = new TreeSet<>();
        for (String path : repository.list(head, "services")) {
            String[] parts = path.split("/");
            if (parts.length > 2) {
                services.add(new ServiceName(parts[1]));
            }
        }
        return services;
    }

    private ServiceState observe(CommitId head, EnvironmentName environment, ServiceName service) {
        Optional<byte[]> file = repository.read(head, GitOpsPaths.release(service));
        Release release =
                file.flatMap(bytes -> Release.of(service, values.read(bytes))).orElse(null);
        String holdPath = GitOpsPaths.hold(service, environment);
        Hold hold = text(head, holdPath)
                .map(text -> Hold.parse(text, environment + ":" + holdPath))
                .orElse(null);
        return new ServiceState(
                service,
                release,
                null,
                hold,
                file.map(GitOpsObserver::utf8).orElse(null),
                text(head, GitOpsPaths.values(service)).orElse(null));
    }

    /** A release may be proven in one environment and run in another, so every digest is looked up everywhere. */
    private List<HealthRecord> health(CommitId records, List<EnvironmentState> states) {
        HealthLedger ledger = new HealthLedger(repository);
        Set<Release> running = new LinkedHashSet<>();
        states.forEach(state -> state.services().forEach(s -> s.running().ifPresent(running::add)));
        Set<HealthRecord> found = new LinkedHashSet<>();
        for (Release release : running) {
            for (EnvironmentState state : states) {
                ledger.find(
                                records,
                                release.service(),
                                state.name(),
                                release.image().digest())
                        .ifPresent(found::add);
            }
        }
        return List.copyOf(found);
    }

    private static EnvironmentState withHealth(EnvironmentState state, List<HealthRecord> health) {
        return new EnvironmentState(
                state.name(),
                state.head(),
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
        return new ServiceState(
                service.service(), service.release(), own, service.hold(), service.releaseFile(), service.valuesFile());
    }

    private List<Approval> approvals(CommitId records) {
        List<Approval> found = new ArrayList<>();
        for (String path : repository.list(records, "approvals")) {
            String[] parts = path.split("/");
            if (parts.length == 3 && path.endsWith(".yaml")) {
                String fingerprint = parts[2].substring(0, parts[2].length() - ".yaml".length());
                text(records, path)
                        .ifPresent(text ->
                                found.add(Approval.parse(new EnvironmentName(parts[1]), fingerprint, text, path)));
            }
        }
        return found;
    }

    private Optional<String> text(CommitId commit, String path) {
        return repository.read(commit, path).map(GitOpsObserver::utf8);
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
