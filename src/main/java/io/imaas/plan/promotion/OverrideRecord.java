package io.imaas.plan.promotion;

import io.imaas.model.record.Statement;
import io.imaas.model.rollout.Approval;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.gate.Candidate;
import io.imaas.plan.gate.Fingerprint;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.gate.GateAnswer.State;
import io.imaas.plan.gate.Overrides;
import io.imaas.plan.snapshot.Snapshot;
import io.imaas.plan.step.KeepRecords;
import io.imaas.plan.step.StepGroup;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Keeps that gates were passed by force: as a signed record, before anything lands, so that no change is without it.
 *
 * @param statements by path on the branch of records; empty where nothing was passed by force
 */
record OverrideRecord(Tenant tenant, EnvironmentName to, Overrides overrides, Map<String, Statement> statements)
        implements Serializable {
    static OverrideRecord of(
            Tenant tenant,
            EnvironmentName to,
            Overrides overrides,
            Collection<Candidate> coming,
            List<GateAnswer> gates,
            Snapshot facts) {
        Map<String, Statement> statements = new LinkedHashMap<>();
        for (Candidate candidate : coming) {
            ServiceName service = candidate.service().name();
            String forced = forced(gates, service);
            if (!forced.isEmpty()) {
                Approval said = new Approval(
                        service,
                        to,
                        Fingerprint.of(candidate, facts),
                        Approval.Verdict.OVERRIDE,
                        overrides.actor().name(),
                        overrides.as(),
                        overrides.actor().proof(),
                        forced + ": " + overrides.reason(),
                        facts.state().at(),
                        "");
                statements.put(said.path(), said.statement(tenant.name()));
            }
        }
        return new OverrideRecord(tenant, to, overrides, statements);
    }

    private static String forced(List<GateAnswer> gates, ServiceName service) {
        return gates.stream()
                .filter(gate -> gate.state() == State.FORCED && gate.services().contains(service))
                .map(GateAnswer::gate)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** What the commit says, so that its record is found. */
    Trailers trailers() {
        return Trailers.NONE.with(Trailers.OVERRIDE_RECORD, String.join(", ", statements.keySet()));
    }

    /** Before all others. */
    List<StepGroup> before(List<StepGroup> groups) {
        if (statements.isEmpty()) {
            return groups;
        }
        String title = "Record the override for " + to;
        List<StepGroup> all = new ArrayList<>(List.of(StepGroup.of(new KeepRecords(
                "override-" + to,
                title,
                statements,
                title + " by " + overrides.actor() + " as " + overrides.as(),
                Trailers.of(tenant.name(), List.of(), to)
                        .with(Trailers.ACTOR, overrides.actor().name())
                        .lines()))));
        all.addAll(groups);
        return all;
    }
}
