package io.imaas.step.observe;

import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.gate.GateTrailers;
import io.imaas.plan.snapshot.AuditEntry;
import io.imaas.plan.snapshot.PastRelease;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Who changed what a service runs, everywhere, and why: from the commits of the environments' branches alone. */
public record AuditObserver(BranchLog log, ReleaseHistory releases) {
    /**
     * Newest first, over all these environments.
     *
     * @param limit how many entries at the most
     */
    public List<AuditEntry> observe(ServiceName service, List<EnvironmentName> environments, int limit) {
        List<AuditEntry> all = new ArrayList<>();
        environments.forEach(environment -> all.addAll(of(service, environment, limit)));
        return all.stream()
                .sorted(Comparator.comparing(AuditEntry::at).reversed())
                .limit(limit)
                .toList();
    }

    private List<AuditEntry> of(ServiceName service, EnvironmentName environment, int limit) {
        List<AuditEntry> entries = new ArrayList<>();
        List<PastRelease> past = releases.of(service, environment, limit + 1);
        for (int i = 0; i < past.size(); i++) {
            PastRelease now = past.get(i);
            entries.add(new AuditEntry(
                    environment,
                    now.at(),
                    now.by(),
                    now.subject(),
                    now.release(),
                    i + 1 < past.size() ? past.get(i + 1).release() : null,
                    now.commit(),
                    GateTrailers.about(service, now.trailers()),
                    null));
        }
        Set<CommitId> told = past.stream().map(PastRelease::commit).collect(Collectors.toSet());
        log.of(environment.branch(), GitOpsPaths.hold(service, environment), limit).stream()
                .filter(commit -> !told.contains(commit.id()))
                .map(commit -> new AuditEntry(
                        environment,
                        commit.at(),
                        commit.actor(),
                        commit.subject(),
                        null,
                        null,
                        commit.id(),
                        GateTrailers.about(service, new Trailers(commit.trailers())),
                        null))
                .forEach(entries::add);
        return entries;
    }
}
