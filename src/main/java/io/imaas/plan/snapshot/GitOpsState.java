package io.imaas.plan.snapshot;

import io.imaas.model.failure.FailureException;
import io.imaas.model.image.Digest;
import io.imaas.model.record.Unbelieved;
import io.imaas.model.rollout.Approval;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import java.io.Serializable;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A tenant's GitOps repository at one moment.
 *
 * @param health what is known of every digest that some environment runs, in every environment
 * @param unbelieved files in the place of such records that count for nothing
 * @param records the commit of the branch of records that counts; null where there is none
 * @param at when it was read
 */
public record GitOpsState(
        List<EnvironmentState> environments,
        List<HealthRecord> health,
        List<Approval> approvals,
        List<Unbelieved> unbelieved,
        CommitId records,
        Instant at)
        implements Serializable {
    public GitOpsState {
        environments = List.copyOf(environments);
        health = List.copyOf(health);
        approvals = List.copyOf(approvals);
        unbelieved = List.copyOf(unbelieved);
    }

    /** The same where people said this, and nothing else. */
    GitOpsState saying(List<Approval> words) {
        return new GitOpsState(environments, health, words, unbelieved, records, at);
    }

    /** The same where one service of an environment is otherwise. */
    public GitOpsState with(EnvironmentName environment, ServiceState service) {
        return new GitOpsState(
                environments.stream()
                        .map(each -> each.name().equals(environment) ? each.with(service) : each)
                        .toList(),
                health,
                approvals,
                unbelieved,
                records,
                at);
    }

    /** Each service's own part, by name: to ask about each of many must not search all of them each time. */
    public SortedMap<ServiceName, GitOpsState> byService() {
        SortedMap<ServiceName, Map<EnvironmentName, ServiceState>> found = new TreeMap<>();
        environments.forEach(environment -> environment.services().forEach(service -> found.computeIfAbsent(
                        service.service(), name -> new HashMap<>())
                .put(environment.name(), service)));
        Map<ServiceName, List<HealthRecord>> known =
                health.stream().collect(Collectors.groupingBy(HealthRecord::service));
        SortedMap<ServiceName, GitOpsState> parts = new TreeMap<>();
        found.forEach((service, states) -> parts.put(
                service,
                new GitOpsState(
                        environments.stream()
                                .map(e -> new EnvironmentState(
                                        e.name(),
                                        e.head(),
                                        e.rendered(),
                                        Stream.ofNullable(states.get(e.name())).toList()))
                                .toList(),
                        known.getOrDefault(service, List.of()),
                        approvals,
                        unbelieved,
                        records,
                        at)));
        return parts;
    }

    /** What a rollout found out about a digest in an environment. */
    public Optional<HealthRecord> health(ServiceName service, EnvironmentName environment, Digest digest) {
        return health.stream()
                .filter(h -> h.service().equals(service)
                        && h.environment().equals(environment)
                        && h.digest().equals(digest))
                .findFirst();
    }

    /** @throws FailureException INPUT when the repository has no such environment */
    public EnvironmentState environment(EnvironmentName wanted) {
        return environments.stream()
                .filter(e -> e.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> FailureException.unknown(
                        "there is no environment '" + wanted + "'",
                        "",
                        wanted.value(),
                        environments.stream().map(e -> e.name().value()).toList()));
    }
}
