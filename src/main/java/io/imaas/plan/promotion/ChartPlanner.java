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
import io.imaas.plan.snapshot.ChartState;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides how environments get the chart that the platform names for them: one change an environment, in the order of the
 * path, each after the rollouts of the one before it.
 */
public record ChartPlanner(Platform platform, Tenant tenant, Duration rolloutTimeout) implements Serializable {
    /**
     * The chart of one environment.
     *
     * @param facts its services rendered with the chart that the platform names
     */
    public record Wave(Environment environment, ChartState chart, Snapshot facts) implements Serializable {}

    /**
     * Everything that changes, and every gate asked.
     *
     * @param charts of all environments of the tenant
     */
    public Plan plan(Request request, List<Wave> waves, List<ChartState> charts, Overrides overrides, String reason) {
        List<GateAnswer> gates = new ArrayList<>();
        List<StepGroup> groups = new ArrayList<>();
        List<ManifestChange> changes = new ArrayList<>();
        Map<EnvironmentName, ChartState> known = new LinkedHashMap<>();
        charts.forEach(chart -> known.put(chart.environment(), chart));
        Set<EnvironmentName> later = new HashSet<>();
        for (int at = 0; at < waves.size(); at++) {
            Wave asked = waves.get(at);
            Wave wave =
                    new Wave(asked.environment(), asked.chart(), asked.facts().with(known.values()));
            EnvironmentName name = wave.environment().name();
            if (!wave.chart().changes()) {
                groups.add(StepGroup.of(unchanged(wave)));
                boolean more = waves.subList(at, waves.size()).stream()
                        .anyMatch(next -> next.chart().changes());
                List<PlannedStep> standing = standing(wave, more);
                if (!standing.isEmpty()) {
                    groups.add(new StepGroup("Roll out to " + name, standing));
                    known.computeIfPresent(name, (key, chart) -> chart.first());
                }
                continue;
            }
            List<Candidate> candidates = candidates(wave);
            if (candidates.stream()
                    .flatMap(c -> c.provenIn().stream())
                    .anyMatch(before -> later.contains(before)
                            || (known.get(before).coming()
                                    && !wave.environment().soak().isZero()))) {
                groups.add(StepGroup.of(later(wave)));
                later.add(name);
                continue;
            }
            known.computeIfPresent(name, (key, chart) -> chart.first());
            List<GateAnswer> answers =
                    GateTable.ask(new Question(Occasion.CHART, platform, tenant, wave.facts(), overrides, candidates));
            gates.addAll(answers);
            OverrideRecord forced =
                    OverrideRecord.of(tenant, wave.environment().name(), overrides, candidates, answers, wave.facts());
            CommitFiles commit = commit(wave, candidates, answers, overrides, reason, forced.trailers());
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
        return without(
                wave,
                wave.chart().now().isEmpty()
                        ? "nothing was rendered there yet: the first release brings the chart"
                        : wave.environment().name() + " has the chart "
                                + wave.chart().named() + " already");
    }

    private static NotNeeded later(Wave wave) {
        return without(
                wave,
                "it wants the chart to run in the environment before for "
                        + wave.environment().soak().toMinutes() + " minutes first");
    }

    private static NotNeeded without(Wave wave, String why) {
        EnvironmentName name = wave.environment().name();
        return new NotNeeded("chart-" + name, "Promote the chart of " + name, why);
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
                .askedBy(overrides.actor())
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
                wave.chart().named(),
                new Basis(
                        null,
                        QuotaGate.isOpen(answers),
                        forced.isEmpty() ? GateRecords.ofChart(candidates, wave.facts()) : null,
                        forced.isEmpty()
                                ? candidates.stream()
                                        .flatMap(candidate -> candidate.provenIn().stream())
                                        .distinct()
                                        .toList()
                                : List.of()));
    }

    /**
     * Of an environment that has the chart: it may have failed there, or been cut off, before anybody saw that it runs.
     *
     * @param more whether others get the chart after it: then what is not known to run is followed again, and otherwise
     *     only what nobody followed
     */
    private List<PlannedStep> standing(Wave wave, boolean more) {
        EnvironmentState here =
                wave.facts().state().environment(wave.environment().name());
        return wave.chart().now().isEmpty()
                ? List.of()
                : wave.chart().latest().stream()
                        .filter(change -> more ? !change.liveAsRendered() : !change.seen())
                        .flatMap(change -> here.service(change.release().service()).stream())
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
