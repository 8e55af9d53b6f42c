package io.imaas.adapter.github;

import io.imaas.adapter.github.GitHubApi.Comment;
import io.imaas.adapter.github.GitHubApi.Pull;
import io.imaas.adapter.github.GitHubApi.Status;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.port.PullRequests;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Pull requests of one repository. Every write looks first, so that a repeated one changes nothing. */
final class GitHubPullRequests implements PullRequests {
    private static final int PAGE = 100;
    private static final int MOST_PAGES = 30;
    /** GitHub cuts longer ones off with an error. */
    private static final int LONGEST_DESCRIPTION = 140;

    private final GitHubApi api;
    private final String owner;
    private final String repository;
    private final Exchange exchange;

    GitHubPullRequests(GitHubApi api, String owner, String repository) {
        this.api = api;
        this.owner = owner;
        this.repository = repository;
        this.exchange = new Exchange(owner + "/" + repository);
    }

    @Override
    public PullRequest open(BranchName from, BranchName into, String title, String body) {
        Optional<Pull> found = findOpen(from, into);
        if (found.isEmpty()) {
            try {
                return describe(exchange.send(api.openPull(
                        owner,
                        repository,
                        Map.of("title", title, "head", from.value(), "base", into.value(), "body", body))));
            } catch (FailureException refused) {
                // Somebody may have opened it between our look and our write, or our own answer was lost.
                found = findOpen(from, into);
                if (found.isEmpty()) {
                    throw refused;
                }
            }
        }
        Pull pull = found.get();
        boolean same = pull.title().equals(title)
                && Objects.requireNonNullElse(pull.body(), "").equals(body);
        return describe(
                same
                        ? pull
                        : exchange.send(api.updatePull(
                                owner, repository, pull.number(), Map.of("title", title, "body", body))));
    }

    @Override
    public Optional<PullRequest> find(int number) {
        return exchange.find(api.pull(owner, repository, number)).map(GitHubPullRequests::describe);
    }

    @Override
    public void comment(int number, String marker, String markdown) {
        String hidden = "<!-- " + marker.replace("--", "- -") + " -->";
        String body = hidden + "\n" + markdown;
        Optional<Comment> mine = findComment(number, hidden);
        if (mine.isEmpty()) {
            exchange.send(api.createComment(owner, repository, number, Map.of("body", body)));
        } else if (!mine.get().body().equals(body)) {
            exchange.send(api.updateComment(owner, repository, mine.get().id(), Map.of("body", body)));
        }
    }

    @Override
    public void status(CommitId commit, String context, State state, String description, String url) {
        Map<String, String> status = new LinkedHashMap<>();
        status.put("state", state.name().toLowerCase(Locale.ROOT));
        status.put("context", context);
        status.put("description", shortened(description));
        if (!url.isEmpty()) {
            status.put("target_url", url);
        }
        if (!isSet(commit, status)) {
            exchange.send(api.createStatus(owner, repository, commit.value(), status));
        }
    }

    @Override
    public Optional<CommitId> mergeWhenAllowed(int number, CommitId expectedHead) {
        Pull pull = exchange.send(api.pull(owner, repository, number));
        PullRequest now = describe(pull);
        if (now.mergeCommit() != null && now.head().equals(expectedHead)) {
            return Optional.of(now.mergeCommit());
        }
        return new AutoMerge(api, exchange, owner + "/" + repository).enable(pull.node_id(), expectedHead)
                ? Optional.empty()
                : Optional.of(merge(number, expectedHead));
    }

    private CommitId merge(int number, CommitId expectedHead) {
        try {
            return new CommitId(exchange.send(api.merge(
                            owner, repository, number, Map.of("sha", expectedHead.value(), "merge_method", "merge")))
                    .sha());
        } catch (FailureException refused) {
            return merged(number, expectedHead).orElseThrow(() -> refused);
        }
    }

    /** A merge that is refused may be one that was done already. */
    private Optional<CommitId> merged(int number, CommitId expectedHead) {
        return find(number).filter(pull -> pull.head().equals(expectedHead)).map(PullRequest::mergeCommit);
    }

    private Optional<Pull> findOpen(BranchName from, BranchName into) {
        return exchange.send(api.openPulls(owner, repository, owner + ":" + from, into.value())).stream()
                .findFirst();
    }

    private Optional<Comment> findComment(int number, String hidden) {
        for (int page = 1; page <= MOST_PAGES; page++) {
            List<Comment> comments = exchange.send(api.comments(owner, repository, number, page));
            Optional<Comment> mine = comments.stream()
                    .filter(comment -> comment.body() != null && comment.body().startsWith(hidden))
                    .findFirst();
            if (mine.isPresent() || comments.size() < PAGE) {
                return mine;
            }
        }
        return Optional.empty();
    }

    /** GitHub keeps at most 1000 statuses of a commit and context: one that says nothing new is not sent. */
    private boolean isSet(CommitId commit, Map<String, String> wanted) {
        for (int page = 1; page <= MOST_PAGES; page++) {
            List<Status> statuses = exchange.send(api.statuses(owner, repository, commit.value(), page))
                    .statuses();
            for (Status status : statuses) {
                if (wanted.get("context").equals(status.context())) {
                    return wanted.get("state").equals(status.state())
                            && wanted.get("description").equals(status.description())
                            && Objects.equals(wanted.get("target_url"), status.target_url());
                }
            }
            if (statuses.size() < PAGE) {
                return false;
            }
        }
        return false;
    }

    private static String shortened(String description) {
        return description.codePointCount(0, description.length()) <= LONGEST_DESCRIPTION
                ? description
                : description.substring(0, description.offsetByCodePoints(0, LONGEST_DESCRIPTION - 1)) + "…";
    }

    /** While a pull request is open, GitHub's merge commit is only a trial. */
    private static PullRequest describe(Pull pull) {
        boolean merged = pull.merged() || pull.merged_at() != null;
        return new PullRequest(
                pull.number(),
                pull.html_url(),
                new CommitId(pull.head().sha()),
                pull.state().equals("open"),
                merged && pull.merge_commit_sha() != null ? new CommitId(pull.merge_commit_sha()) : null);
    }
}
