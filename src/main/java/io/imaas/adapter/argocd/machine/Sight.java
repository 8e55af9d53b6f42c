package io.imaas.adapter.argocd.machine;

import io.imaas.adapter.argocd.machine.ApplicationView.Source;
import io.imaas.adapter.argocd.machine.Standing.Relation;
import io.imaas.model.image.Digest;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import io.imaas.model.source.CommitId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where an application stands in the history of the GitOps repository. Of several sources all those that read this
 * repository count: one of them may be months old (argo-cd#29716).
 */
record Sight(RolloutState state, List<Integer> indices) {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    private static final Duration COMPARE_AGAIN = Duration.ofSeconds(15);

    /** How a list of revisions stands to the commit. */
    enum Place {
        /** Every one is the commit or a descendant, and they agree on the image. */
        CONTAINS,
        /** One at least is older, or there is none. */
        LACKS,
        /** Not known yet, and asked for. */
        ASKED
    }

    static Sight of(RolloutState state) {
        List<Source> sources = state.view.sources();
        List<Integer> indices = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            if (state.goal.gitops() != null
                    && Source.sameRepository(
                            sources.get(i).repository(), state.goal.gitops().value())) {
                indices.add(i);
            }
        }
        // One source is the one, under whatever URL it is known; of several unknown ones those at Git commits are.
        if (indices.isEmpty()) {
            List<String> revisions = state.view.revisions();
            for (int i = 0; i < revisions.size(); i++) {
                if (revisions.size() == 1 || COMMIT.matcher(revisions.get(i)).matches()) {
                    indices.add(i);
                }
            }
        }
        return new Sight(state, indices.isEmpty() ? List.of(0) : indices);
    }

    /** An operation's identity: Argo CD gives it no other. */
    static String key(Operation operation) {
        return operation.startedAt() + " " + operation.rolloutId() + " " + operation.revisions();
    }

    /** Which sources a request that names a revision speaks of; empty in an application with one source. */
    List<Integer> sourcesOfRequest() {
        return state.view.sources().size() > 1 ? indices : List.of();
    }

    List<String> seen() {
        return pick(state.view.revisions());
    }

    List<String> operated() {
        return state.view.operation() == null
                ? List.of()
                : pick(state.view.operation().revisions());
    }

    private List<String> pick(List<String> revisions) {
        return indices.stream()
                .map(i -> i < revisions.size() ? revisions.get(i) : "")
                .distinct()
                .toList();
    }

    Place place(List<String> revisions) {
        Place place = revisions.isEmpty() ? Place.LACKS : Place.CONTAINS;
        for (String revision : revisions) {
            Place one = place(revision);
            if (one != Place.CONTAINS) {
                return one;
            }
        }
        return revisions.size() > 1
                        && revisions.stream().map(this::digest).distinct().count() > 1
                ? Place.LACKS
                : place;
    }

    private Place place(String revision) {
        // What Argo CD could not resolve is the branch's name: a commit is not seen yet.
        if (!COMMIT.matcher(revision).matches()) {
            return Place.LACKS;
        }
        if (revision.equals(state.goal.commit().value())) {
            return Place.CONTAINS;
        }
        Standing standing = state.standings.get(revision);
        if (standing == null) {
            state.want(new Command.Compare(revision));
            return Place.ASKED;
        }
        if (standing.relation() == Relation.UNKNOWN) {
            state.trouble = standing.reason();
            state.want(new Command.Compare(revision), COMPARE_AGAIN);
            return Place.ASKED;
        }
        return standing.relation() == Relation.CONTAINS ? Place.CONTAINS : Place.LACKS;
    }

    /** Whether all of them are ancestors of the commit. */
    boolean older(List<String> revisions) {
        return !revisions.isEmpty()
                && revisions.stream()
                        .map(state.standings::get)
                        .allMatch(standing -> standing != null && standing.relation() == Relation.OLDER);
    }

    /** The verdict on what a revision brought: of what another image does, nothing follows for ours. */
    Verdict verdict(Verdict bad, String revision) {
        return digest(revision).filter(state.goal.image().digest()::equals).isPresent() ? bad : Verdict.UNKNOWN;
    }

    /** The commit that one of our own applications is pinned to, which lacks ours; empty when it follows a branch. */
    Optional<String> pinned() {
        return indices.stream()
                .filter(i -> i < state.view.sources().size())
                .map(i -> state.view.sources().get(i).targetRevision())
                .filter(revision -> COMMIT.matcher(revision).matches() && place(revision) == Place.LACKS)
                .findFirst();
    }

    /**
     * What is wrong with the question itself: the commit does not want the image. Without the GitOps repository, or while
     * it does not answer, the question is taken to be right; the live digest decides anyway.
     */
    Optional<String> contradiction() {
        String commit = state.goal.commit().value();
        Standing own = state.standings.get(commit);
        if (state.goal.gitops() != null && own == null) {
            state.want(new Command.Compare(commit));
        }
        if (own == null
                || own.relation() != Relation.CONTAINS
                || state.goal.image().digest().equals(own.digest())) {
            return Optional.empty();
        }
        return Optional.of("commit " + commit + " wants " + (own.digest() == null ? "no image" : own.digest()) + " at "
                + state.goal.path() + ", not " + state.goal.image().digest());
    }

    /** The image that a revision wants, or empty when it names none. Only for one that contains the commit. */
    Optional<Digest> digest(String revision) {
        Standing standing = state.standings.get(revision);
        return standing != null && standing.relation() == Relation.CONTAINS
                ? Optional.ofNullable(standing.digest())
                : Optional.of(state.goal.image().digest());
    }

    /** For outcomes and messages. */
    static CommitId commit(String revision) {
        return COMMIT.matcher(revision).matches() ? new CommitId(revision) : null;
    }
}
