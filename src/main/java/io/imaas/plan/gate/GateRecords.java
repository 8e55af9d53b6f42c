package io.imaas.plan.gate;

import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.plan.snapshot.ChartState;
import io.imaas.plan.snapshot.Snapshot;
import io.imaas.plan.step.Basis.RecordsRead;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What gates read of the branch of records about services on their way: a decision rests on it until it has landed. */
public final class GateRecords {
    private GateRecords() {}

    /** Who said what to this very content, and what a rollout saw before. */
    public static RecordsRead of(List<Candidate> arriving, Snapshot facts) {
        return new RecordsRead(
                facts.state().records(),
                arriving.stream()
                        .flatMap(candidate -> Stream.concat(Stream.of(said(candidate, facts)), seen(candidate)))
                        .toList());
    }

    /** The same of a chart: it is proven by what runs with it in the environment before. */
    public static RecordsRead ofChart(List<Candidate> arriving, Snapshot facts) {
        return new RecordsRead(
                facts.state().records(),
                arriving.stream()
                        .flatMap(candidate ->
                                Stream.concat(Stream.of(said(candidate, facts)), seenWithChart(candidate, facts)))
                        .toList());
    }

    private static Stream<String> seenWithChart(Candidate candidate, Snapshot facts) {
        return facts.all(ChartState.class)
                .filter(chart -> !chart.coming() && candidate.provenIn().equals(Optional.of(chart.environment())))
                .flatMap(chart -> chart.latest(candidate.service().name()).stream()
                        .map(change -> GitOpsPaths.health(
                                change.release().service(),
                                chart.environment(),
                                change.release().image().digest())));
    }

    private static String said(Candidate candidate, Snapshot facts) {
        return GitOpsPaths.approvals(candidate.environment().name(), Fingerprint.of(candidate, facts));
    }

    private static Stream<String> seen(Candidate candidate) {
        return candidate.release() == null
                ? Stream.empty()
                : candidate.provenIn().stream()
                        .map(before -> GitOpsPaths.health(
                                candidate.service().name(),
                                before,
                                candidate.release().image().digest()));
    }
}
