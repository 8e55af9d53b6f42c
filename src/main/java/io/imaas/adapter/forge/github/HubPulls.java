package io.imaas.adapter.forge.github;

import io.imaas.adapter.forge.github.HubApi.Pull;
import io.imaas.adapter.forge.github.HubApi.Status;
import io.imaas.adapter.forge.pull.Limits;
import io.imaas.adapter.forge.pull.SharedPullRequests;
import io.imaas.adapter.web.Answers;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.port.Clock;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Pull requests in the calls that GitHub and Gitea have in common. */
public abstract class HubPulls extends SharedPullRequests {
    protected final HubApi api;
    protected final Answers answers;
    private final String owner;

    protected HubPulls(HubApi api, Answers answers, String repository, Limits limits, Clock clock) {
        super(repository, limits, clock);
        this.api = api;
        this.answers = answers;
        this.owner = repository.substring(0, repository.indexOf('/'));
    }

    @Override
    protected Optional<Worded> findOpen(BranchName from, BranchName into) {
        return first(
                        HubApi.PAGE,
                        // Gitea has none at all until it has worked off the first push.
                        page -> answers.find(api.openPulls(owner + ":" + from, into.value(), page))
                                .orElse(List.of()),
                        // Gitea does not look at these parameters.
                        pull -> pull.head().ref().equals(from.value())
                                && pull.base().ref().equals(into.value())
                                && !isFork(pull))
                .map(HubPulls::worded);
    }

    @Override
    protected Optional<Worded> create(BranchName from, BranchName into, String title, String body) {
        return answers.find(
                        api.openPull(Map.of("title", title, "head", from.value(), "base", into.value(), "body", body)))
                .map(HubPulls::worded);
    }

    @Override
    protected Worded rewrite(Worded known, String title, String body) {
        return worded(answers.send(api.updatePull(known.pull().number(), Map.of("title", title, "body", body))));
    }

    @Override
    public Optional<PullRequest> find(int number) {
        return answers.find(api.pull(number)).map(HubPulls::described);
    }

    @Override
    protected Optional<Note> findNote(int number, String beginning) {
        return first(
                        HubApi.PAGE,
                        page -> answers.send(api.comments(number, page)),
                        comment -> comment.body() != null && comment.body().startsWith(beginning))
                .map(comment -> new Note(Long.toString(comment.id()), comment.body()));
    }

    @Override
    protected void write(int number, Note known, String text) {
        Map<String, String> comment = Map.of("body", text);
        answers.send(
                known == null
                        ? api.createComment(number, comment)
                        : api.updateComment(Long.parseLong(known.id()), comment));
    }

    @Override
    protected Optional<Told> told(CommitId commit, String context) {
        return first(
                        HubApi.PAGE,
                        page -> answers.send(api.statuses(commit.value(), page)).statuses(),
                        status -> context.equals(status.context()))
                .map(HubPulls::told);
    }

    @Override
    protected void tell(CommitId commit, String context, Told told) {
        Map<String, String> status = new LinkedHashMap<>();
        status.put("state", told.state().name().toLowerCase(Locale.ROOT));
        status.put("context", context);
        status.put("description", told.description());
        if (!told.url().isEmpty()) {
            status.put("target_url", told.url());
        }
        answers.send(api.createStatus(commit.value(), status));
    }

    /** The files of a pull request, and what somebody makes of each. */
    public static <T> Map<String, T> files(
            HubApi api, Answers answers, int number, Function<HubApi.ChangedFile, T> about) {
        Map<String, T> files = new LinkedHashMap<>();
        all(HubApi.PAGE, page -> answers.send(api.files(number, page)))
                .forEach(file -> files.put(file.filename(), about.apply(file)));
        return files;
    }

    /** The numbers of pull requests that a commit has to do with. */
    protected abstract List<Integer> about(CommitId commit);

    @Override
    public Optional<Merge> mergedAs(CommitId commit) {
        return about(commit).stream()
                .map(number -> answers.send(api.pull(number)))
                .filter(pull -> commit.equals(mergeCommit(pull)))
                .map(pull -> new Merge(
                        pull.number(),
                        new CommitId(pull.head().sha()),
                        pull.merged_by() == null ? "" : pull.merged_by().login()))
                .findFirst();
    }

    @Override
    public List<Review> reviews(int number) {
        Map<String, Review> newest = new LinkedHashMap<>();
        first(HubApi.PAGE, page -> answers.send(api.reviews(number, page)), review -> {
            String who = review.user() == null ? "" : review.user().login();
            switch (review.dismissed() ? "DISMISSED" : review.state()) {
                case "DISMISSED" -> newest.remove(who);
                case "APPROVED" -> newest.put(who, verdict(who, true, review));
                // GitHub's word, and Gitea's.
                case "CHANGES_REQUESTED", "REQUEST_CHANGES" -> newest.put(who, verdict(who, false, review));
                default -> {}
            }
            return false;
        });
        return List.copyOf(newest.values());
    }

    private static Review verdict(String who, boolean approved, HubApi.Review review) {
        return new Review(
                who,
                approved,
                review.commit_id() == null ? null : new CommitId(review.commit_id()),
                OffsetDateTime.parse(review.submitted_at()).toInstant());
    }

    private static Told told(Status status) {
        String state = Objects.requireNonNullElse(status.state(), status.status());
        State known =
                switch (Objects.requireNonNullElse(state, "")) {
                    case "success" -> State.SUCCESS;
                    case "failure" -> State.FAILURE;
                    case "error" -> State.ERROR;
                    default -> State.PENDING;
                };
        return new Told(
                known,
                Objects.requireNonNullElse(status.description(), ""),
                Objects.requireNonNullElse(status.target_url(), ""));
    }

    private static Worded worded(Pull pull) {
        return new Worded(described(pull), pull.title(), pull.body());
    }

    private static PullRequest described(Pull pull) {
        return new PullRequest(
                pull.number(),
                pull.html_url(),
                new CommitId(pull.head().sha()),
                pull.state().equals("open"),
                mergeCommit(pull),
                isFork(pull));
    }

    private static boolean isFork(Pull pull) {
        return pull.base() != null
                && pull.base().repo() != null
                && !pull.base().repo().equals(pull.head().repo());
    }

    /** While a pull request is open, GitHub's merge commit is only a trial. */
    protected static CommitId mergeCommit(Pull pull) {
        boolean merged = pull.merged() || pull.merged_at() != null;
        return merged && pull.merge_commit_sha() != null ? new CommitId(pull.merge_commit_sha()) : null;
    }
}
