package io.imaas.plan.delivery;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Actor;
import io.imaas.model.request.Request;
import io.imaas.model.rollout.Migration;
import io.imaas.model.rollout.Release;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Service.ServiceType;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.gate.Candidate;
import io.imaas.plan.gate.Fingerprint;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.gate.GateCalls;
import io.imaas.plan.gate.GateTable;
import io.imaas.plan.gate.Occasion;
import io.imaas.plan.gate.Overrides;
import io.imaas.plan.gate.PastedCommand;
import io.imaas.plan.gate.Question;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.plan.snapshot.Snapshot;
import io.imaas.plan.step.CommitRelease;
import io.imaas.plan.step.StepGroup;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/** Decides the release of a known image to an environment, such as a build makes it. */
public record ReleasePlanner(Platform platform, Tenant tenant) implements Serializable {
    /**
     * One commit, unless a gate is closed.
     *
     * @param actor who asks for it
     * @param facts with what is known of the release, whoever made it
     * @param build for the audit log
     * @throws FailureException POLICY where people merge pull requests: nothing else brings a release there
     */
    public Plan plan(Request request, Actor actor, Release release, Snapshot facts, String build) {
        Environment environment = tenant.environment(request.target())
                .orElseThrow(() -> FailureException.unknown(
                        "tenant " + tenant.name() + " has no environment '" + request.target() + "'",
                        "",
                        request.target().value(),
                        tenant.environments().stream()
                                .map(e -> e.name().value())
                                .toList()));
        Question question = question(
                Occasion.RELEASE, candidate(release, null, environment, facts.state()), facts, Overrides.by(actor));
        List<GateAnswer> gates = GateTable.ask(question);
        CommitRelease commit = new CommitRelease(
                "release",
                tenant.name(),
                release.service(),
                request.target(),
                release,
                "",
                request.actor(),
                build,
                null);
        return new Plan(
                commit.title(),
                request,
                gates,
                new GateCalls(question, gates).before(List.of(StepGroup.of(commit))),
                List.of(),
                facts.changes());
    }

    /**
     * What a build's own release is asked when it is about to land. Its image was pushed a moment ago by the same plan:
     * it is there, its tests ran, and nobody could have signed it yet; promotions ask for the signature.
     *
     * @param actor for whom it is built, who may not be the one who approves it
     * @return empty where the tenant has no such environment
     */
    public Optional<Question> landing(
            EnvironmentName target, String actor, Release release, String migration, Snapshot facts) {
        return tenant.environment(target)
                .map(environment -> question(
                        Occasion.LANDING,
                        candidate(release, migration, environment, facts.state()),
                        facts,
                        Overrides.by(Actor.machine(actor))));
    }

    /** What an approver says yes to where a release comes from no other environment: all that it would run. */
    public String fingerprint(EnvironmentName target, Release release, Snapshot facts) {
        Environment environment = tenant.environment(target).orElseThrow();
        return Fingerprint.of(candidate(release, null, environment, facts.state()), facts);
    }

    /** Beyond the first environment of its path a release is asked what a promotion would be asked. */
    private Question question(Occasion first, Candidate candidate, Snapshot facts, Overrides by) {
        EnvironmentName to = candidate.environment().name();
        EnvironmentName before = candidate.provenIn().orElse(null);
        if (before != null && candidate.environment().mergedByPeople()) {
            throw FailureException.policy(
                    "releases come to " + to + " by pull requests that people merge",
                    PastedCommand.of(tenant, "promote", candidate.service().name(), before, to));
        }
        Occasion occasion = candidate.begins() ? first : Occasion.PROMOTION;
        return new Question(occasion, platform, tenant, facts, by, List.of(candidate));
    }

    private Candidate candidate(Release release, String migration, Environment environment, GitOpsState state) {
        Service service = tenant.service(release.service())
                .orElseGet(() -> new Service(
                        release.service(), tenant.gitops(), ServiceType.WORKER, List.of(environment.name())));
        ServiceState now =
                state.environment(environment.name()).service(release.service()).orElse(null);
        int at = service.environments().indexOf(environment.name());
        return new Candidate(
                service,
                at > 0 ? service.environments().get(at - 1) : null,
                environment,
                // Where nothing is rendered, the texts are what is approved; on the way it is a promotion's.
                new ServiceState(
                                release.service(),
                                release,
                                null,
                                null,
                                at > 0 ? null : release.values().toString(),
                                now == null ? null : now.valuesFile())
                        .with(Migration.after(migration, now == null ? null : now.migration())),
                now);
    }
}
