package io.imaas.plan.promotion;

import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.Migration;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.MarkdownText;
import io.imaas.plan.gate.Candidate;
import io.imaas.plan.gate.Fingerprint;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.gate.GateAnswer.State;
import io.imaas.plan.gate.GateMarkdown;
import io.imaas.plan.gate.GateRecords;
import io.imaas.plan.gate.GateTrailers;
import io.imaas.plan.gate.QuotaGate;
import io.imaas.plan.snapshot.Snapshot;
import io.imaas.plan.step.Basis;
import io.imaas.plan.step.CommitFiles;
import io.imaas.plan.step.OpenPullRequest;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a promotion writes: the releases and the common values, byte by byte, and who wanted it and why.
 *
 * @param record where it is kept that gates were passed by force
 */
record PromotionCommit(
        Tenant tenant,
        PromotionRequest wanted,
        Snapshot facts,
        List<Candidate> moving,
        List<GateAnswer> gates,
        Trailers record)
        implements Serializable {
    /** A commit's first line and a pull request's title name no more services than this. */
    private static final int NAMED = 5;

    /**
     * Straight onto the environment's branch. It becomes a merge of the two branches when it leaves nothing behind: that is
     * found out when it lands, by comparing whole trees.
     */
    CommitFiles direct() {
        return commit(
                wanted.to().branch(),
                // Where nothing is to arrive, nothing is merged either.
                moving.isEmpty()
                        ? null
                        : facts.state().environment(wanted.from()).head(),
                new Basis(
                        null,
                        QuotaGate.isOpen(gates),
                        wanted.override().isEmpty() ? GateRecords.of(moving, facts) : null));
    }

    /** Onto a branch of its own, named by its content, for people to merge. */
    CommitFiles proposed() {
        return commit(proposal(), facts.state().environment(wanted.to()).head(), Basis.NOTHING);
    }

    OpenPullRequest pullRequest() {
        StringBuilder body = new StringBuilder("Promotes " + words() + " from " + wanted.from() + ".\n\n")
                .append(GateMarkdown.of(gates, ""));
        if (moving.size() > NAMED) {
            String all = moving.stream()
                    .map(PromotionCommit::word)
                    .map(word -> "- " + MarkdownText.line(word) + "\n")
                    .collect(Collectors.joining());
            body.append(GateMarkdown.folded("All " + moving.size() + " services", all));
        }
        for (Candidate candidate : moving) {
            facts.render(candidate.service().name())
                    .filter(render -> !render.diff().isEmpty())
                    .ifPresent(render -> body.append(GateMarkdown.folded(
                            "What changes of " + candidate.service().name(),
                            MarkdownText.fenced("diff", render.diff()))));
        }
        body.append(GateMarkdown.evidence(gates));
        return new OpenPullRequest(
                "pull-request",
                proposal(),
                wanted.to(),
                subject(),
                body.toString(),
                tenant.environment(wanted.to()).orElseThrow().autoMerge());
    }

    private BranchName proposal() {
        String content = moving.stream()
                .map(candidate -> Fingerprint.of(candidate, facts))
                .map(f -> f.substring(0, 12))
                .collect(Collectors.joining("-"));
        String name = content.length() > 60 ? content.substring(0, 60) : content;
        return new BranchName("imaas/to-" + wanted.to() + "/" + name);
    }

    private CommitFiles commit(BranchName branch, CommitId mergedFrom, Basis basis) {
        Map<String, String> files = new LinkedHashMap<>();
        for (Candidate candidate : moving) {
            files.put(
                    GitOpsPaths.release(candidate.service().name()),
                    candidate.source().releaseFile());
            if (candidate.source().valuesFile() != null) {
                files.put(
                        GitOpsPaths.values(candidate.service().name()),
                        candidate.source().valuesFile());
            }
            Migration migration = candidate.source().migration();
            if (migration != null
                    || (candidate.target() != null && candidate.target().migration() != null)) {
                files.put(
                        GitOpsPaths.migration(candidate.service().name()), migration == null ? null : migration.text());
            }
        }
        String title = moving.isEmpty() ? "Commit in " + wanted.to() : "Promote " + words() + " to " + wanted.to();
        return new CommitFiles(
                "promote",
                title,
                branch,
                files,
                holds(),
                subject(),
                trailers().lines(),
                "",
                mergedFrom,
                moving.stream().map(c -> c.release()).toList(),
                facts.hashes(),
                "",
                basis);
    }

    /** Asked again when the commit lands, unless somebody entitled opened the gate by force. */
    private List<String> holds() {
        return wanted.override().isEmpty()
                ? moving.stream()
                        .map(c -> GitOpsPaths.hold(c.service().name(), wanted.to()))
                        .toList()
                : List.of();
    }

    private String words() {
        String first = moving.stream().limit(NAMED).map(PromotionCommit::word).collect(Collectors.joining(", "));
        return moving.size() > NAMED ? first + " and " + (moving.size() - NAMED) + " more" : first;
    }

    private static String word(Candidate candidate) {
        return candidate.service().name() + " " + candidate.release().version();
    }

    private String subject() {
        return "Promote " + words() + " from " + wanted.from() + " to " + wanted.to();
    }

    private Trailers trailers() {
        String forced = gates.stream()
                .filter(gate -> gate.state() == State.FORCED)
                .map(GateAnswer::gate)
                .distinct()
                .collect(Collectors.joining(", "));
        boolean assumed = gates.stream().anyMatch(gate -> gate.state() == State.ASSUMED);
        List<ServiceName> services =
                moving.stream().map(c -> c.service().name()).toList();
        return Trailers.of(tenant.name(), services, wanted.to())
                .with(Trailers.FROM, wanted.from().value())
                .images(moving.stream().map(c -> c.release().image()).toList())
                .askedBy(wanted.actor())
                .with(Trailers.REASON, wanted.reason())
                .with(Trailers.ASSUMED, assumed ? "healthy in " + wanted.from() : "")
                .with(Trailers.OVERRIDE, forced.isEmpty() ? "" : forced + ": " + wanted.override())
                .and(record)
                .and(GateTrailers.of(gates, services));
    }
}
