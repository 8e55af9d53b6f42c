package io.imaas.plan.promotion;

import io.imaas.model.request.Request;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.gate.Candidate;
import io.imaas.plan.gate.Fingerprint;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.gate.GateAnswer.State;
import io.imaas.plan.gate.GateRecords;
import io.imaas.plan.gate.GateTable;
import io.imaas.plan.gate.GateTrailers;
import io.imaas.plan.gate.Occasion;
import io.imaas.plan.gate.Overrides;
import io.imaas.plan.gate.Question;
import io.imaas.plan.gate.QuotaGate;
import io.imaas.plan.snapshot.EnvironmentState;
import io.imaas.plan.snapshot.ManifestChange;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.plan.snapshot.Snapshot;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.plan.step.Basis;
import io.imaas.plan.step.CommitFiles;
import io.imaas.plan.step.NotNeeded;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.StepGroup;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Decides how environments get the chart that the platform names for them: one change an environment, in the order of the
 * path, each after the rollouts of the one before it.
 */
public record ChartPlanner(Platform platform, Tenant tenant, Duration rolloutTimeout) implements Serializable {
    /**
     * The chart of one environment.
     *
     * @param now the digest of the chart that its manifests were made with; empty where nothing was rendered yet
     * @param named the digest of the chart that the platform names
     * @param facts its services rendered with that one
     */
    public record Wave(Environment environment, String now, String named, Snapshot facts) implements Serializable {
        public boolean changes() {
            return !now.isEmpty() && !now.equals(named);
        }
    }

    /** Everything that changes, and every gate asked. */
    public Plan plan(Request request, List<Wave> waves, Overrides overrides, String reason) {
        List<GateAnswer> gates = new ArrayList<>();
        List<StepGroup> groups = new ArrayList<>();
        List<ManifestChange> changes = new ArrayList<>();
        for (int at = 0; at < waves.size(); at++) {
            Wave wave = waves.get(at);
            if (!wave.changes()) {
                groups.add(StepGroup.of(unchanged(wave)));
                List<PlannedStep> standing = standing(wave);
                if (!standing.isEmpty()
                        && waves.subList(at, waves.size()).stream().anyMatch(Wave::changes)) {
                    groups.add(new StepGroup("Roll out to " + wave.environment().name(), standing));
                }
                continue;
            }
            List<Candidate> candidates = candidates(wave);
            List<GateAnswer> answers =
                    GateTable.ask(new Question(Occasion.CHART, platform, tenant, wave.facts(), overrides, candidates));
            gates.addAll(answers);
            OverrideRecord forced =
                    OverrideRecord.of(tenant, wave.environment().name(), overrides, candidates, answers, wave.facts());
            CommitFiles commit = commit(request, wave, candidates, answers, overrides, reason, forced.trailers());
            groups.addAll(forced.before(List.of(StepGroup.of(commit))));
            List<PlannedStep> rollouts = rollouts(wave, candidates, commit.id());
            if (!rollouts.isEmpty()) {
                groups.add(new StepGroup("Roll out to " + wave.environment().name(), rollouts));
            }
            changes.addAll(wave.facts().changes());
        }
        return new Plan("Promote the chart of " + tenant.name(), request, gates, groups, List.of(), changes);
    }

    /** What an approver says yes to: by service, the fingerprint of what would run with the other chart. */
    public static Map<ServiceName, String> fingerprints(Tenant tenant, Wave wave) {
        Map<ServiceName, String> fingerprints = new LinkedHashMap<>();
        candidates(tenant, wave).forEach(c -> fingerprints.put(c.service().name(), Fingerprint.of(c, wave.facts())));
        return fingerprints;
    }

    private static NotNeeded unchanged(Wave wave) {
        String name = wave.environment().name().value();
        return new NotNeeded(
                "chart-" + name,
                "Promote the chart of " + name,
                wave.now().isEmpty()
                        ? "nothing was rendered there yet: the first release brings the chart"
                        : name + " has the chart " + wave.named() + " already");
    }

    private List<Candidate> candidates(Wave wave) {
        return candidates(tenant, wave);
    }

    private static List<Candidate> candidates(Tenant tenant, Wave wave) {
        List<Candidate> candidates = new ArrayList<>();
        for (Service service : tenant.services()) {
            Optional<ServiceState> now =
                    wave.facts().state().environment(wave.environment().name()).service(service.name());
            if (wave.facts().render(service.name()).isPresent() && now.isPresent()) {
                candidates.add(new Candidate(service, null, wave.environment(), now.get(), now.get()));
            }
        }
        return candidates;
    }

    private CommitFiles commit(
            Request request,
            Wave wave,
            List<Candidate> candidates,
            List<GateAnswer> answers,
            Overrides overrides,
            String reason,
            Trailers record) {
        Environment environment = wave.environment();
        List<ServiceName> services =
                candidates.stream().map(c -> c.service().name()).toList();
        String forced = answers.stream()
                .filter(answer -> answer.state() == State.FORCED)
                .map(GateAnswer::gate)
                .distinct()
                .collect(Collectors.joining(", "));
        Trailers trailers = Trailers.of(tenant.name(), services, environment.name())
                .with(Trailers.ACTOR, request.actor())
                .with(Trailers.REASON, reason)
                .with(Trailers.OVERRIDE, forced.isEmpty() ? "" : forced + ": " + overrides.reason())
                .and(record)
                .and(GateTrailers.of(answers, services));
        String title = "Promote the chart of " + environment.name();
        return new CommitFiles(
                "chart-" + environment.name(),
                title,
                environment.name().branch(),
                Map.of(),
                forced.isEmpty()
                        ? services.stream()
                                .map(service -> GitOpsPaths.hold(service, environment.name()))
                                .toList()
                        : List.of(),
                title,
                trailers.lines(),
                "",
                null,
                List.of(),
                wave.facts().hashes(),
                wave.named(),
                new Basis(
                        null,
                        QuotaGate.isOpen(answers),
                        forced.isEmpty() ? GateRecords.ofApprovals(candidates, wave.facts()) : null));
    }

    /** Of an environment that has the chart: it may have failed there, or been cut off, before anybody saw that it runs. */
    private List<PlannedStep> standing(Wave wave) {
        EnvironmentState here =
                wave.facts().state().environment(wave.environment().name());
        return wave.now().isEmpty()
                ? List.of()
                : here.services().stream()
                        .filter(service -> service.release() != null
                                && tenant.servicesIn(here.name()).contains(service.service()))
                        .<PlannedStep>map(service -> rollout(here.name(), service, "", here.head(), here.rendered()))
                        .toList();
    }

    private AwaitRollout rollout(
            EnvironmentName environment, ServiceState service, String change, CommitId commit, CommitId rendered) {
        return new AwaitRollout(
                "rollout-" + environment + "-" + service.service(),
                tenant.name(),
                service.service(),
                environment,
                change,
                commit,
                rendered,
                service.release().image(),
                rolloutTimeout);
    }

    /** Of those whose manifests change: nothing happens to the others. */
    private List<PlannedStep> rollouts(Wave wave, List<Candidate> candidates, String commit) {
        List<PlannedStep> rollouts = new ArrayList<>();
        for (Candidate candidate : candidates) {
            ServiceName service = candidate.service().name();
            boolean changes = wave.facts()
                    .render(service)
                    .filter(render -> !render.diff().isEmpty())
                    .isPresent();
            if (changes) {
                rollouts.add(rollout(wave.environment().name(), candidate.source(), commit, null, null));
            }
        }
        return rollouts;
    }
}
