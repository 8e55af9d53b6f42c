package io.imaas.plan.gate;

import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.plan.snapshot.Snapshot;
import io.imaas.plan.step.Basis.RecordsRead;
import java.util.List;
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

    /** Who said what, where nothing need be proven before, as for a chart. */
    public static RecordsRead ofApprovals(List<Candidate> arriving, Snapshot facts) {
        return new RecordsRead(
                facts.state().records(),
                arriving.stream().map(candidate -> said(candidate, facts)).toList());
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
