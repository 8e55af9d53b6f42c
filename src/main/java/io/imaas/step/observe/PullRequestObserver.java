package io.imaas.step.observe;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Actor;
import io.imaas.model.identity.Actor.Proof;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.TreeHash;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.review.PullRequestFacts;
import io.imaas.plan.review.PullRequestFacts.Verdict;
import io.imaas.port.Clock;
import io.imaas.port.Commit;
import io.imaas.port.GitRepository;
import io.imaas.port.PullRequests;
import io.imaas.port.PullRequests.Merge;
import io.imaas.port.PullRequests.Review;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks the Git server who agreed to the pull requests that brought a change. A review counts for a service if it is of the
 * commit that was merged, and the branch has the service's folder exactly as that commit has it: whatever was pushed or
 * merged beside it, nobody agreed to. Whoever merged a pull request agreed to it as well. A date of a merge may be any that
 * the person who made the commit wrote: one that lies ahead would never expire, so it counts for nobody.
 *
 * @param server empty where the repository's server has no pull requests
 */
public record PullRequestObserver(GitRepository repository, Supplier<Optional<PullRequests>> server, Clock clock) {
    /** By how much the clocks of servers may differ. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    /** How many commits of one change are asked about, the newest first. */
    private static final int MOST = 20;

    /**
     * @param before where the branch was before the change
     * @param head where it is now
     */
    PullRequestFacts observe(CommitId before, CommitId head, Collection<ServiceName> services) {
        Optional<PullRequests> asked = services.isEmpty() ? Optional.empty() : server.get();
        if (asked.isEmpty()) {
            return PullRequestFacts.NONE;
        }
        Optional<Actor> mergedBy = Optional.empty();
        List<Verdict> verdicts = new ArrayList<>();
        for (Commit commit : repository.between(before, head, MOST)) {
            if (commit.trailers().containsKey(Trailers.TENANT)) {
                continue;
            }
            Optional<Merge> merge = asked.get().mergedAs(commit.id());
            if (merge.isPresent()) {
                mergedBy = mergedBy.or(() -> actor(merge.get()));
                verdicts.addAll(verdicts(asked.get(), merge.get(), commit, head, services));
            }
        }
        return new PullRequestFacts(mergedBy, verdicts);
    }

    private static Optional<Actor> actor(Merge merge) {
        return merge.by().isEmpty()
                ? Optional.empty()
                : Optional.of(new Actor("@" + merge.by(), Proof.GIT_SERVER, List.of()));
    }

    private List<Verdict> verdicts(
            PullRequests asked, Merge merge, Commit commit, CommitId head, Collection<ServiceName> services) {
        List<ServiceName> same = services.stream()
                .filter(service -> isAsMerged(service, merge.head(), head))
                .toList();
        if (same.isEmpty()) {
            return List.of();
        }
        List<Verdict> found = new ArrayList<>();
        List<Review> reviews = asked.reviews(merge.number());
        String to = "pull request #" + merge.number() + " at " + merge.head();
        Instant latest = clock.now().plus(SKEW);
        for (ServiceName service : same) {
            reviews.stream()
                    .filter(review -> merge.head().equals(review.commit()))
                    .map(review -> new Verdict(service, "@" + review.author(), review.approved(), review.at(), to))
                    .forEach(found::add);
            actor(merge).map(by -> new Verdict(service, by.name(), true, commit.at(), to)).stream()
                    .filter(merged -> !merged.at().isAfter(latest))
                    .filter(merged -> found.stream()
                            .noneMatch(one ->
                                    one.service().equals(service) && one.by().equals(merged.by())))
                    .forEach(found::add);
        }
        return found;
    }

    /** The head of a squashed pull request may be gone: then nobody can tell. */
    private boolean isAsMerged(ServiceName service, CommitId merged, CommitId now) {
        try {
            Optional<TreeHash> then = repository.tree(merged, GitOpsPaths.folder(service));
            return then.equals(repository.tree(now, GitOpsPaths.folder(service)));
        } catch (FailureException gone) {
            return false;
        }
    }
}
