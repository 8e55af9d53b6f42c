package io.imaas.adapter.forge.gitlab;

import io.imaas.adapter.forge.gitlab.GitLabApi.MergeRequest;
import io.imaas.adapter.forge.http.ForgeHttp;
import io.imaas.adapter.forge.pull.Limits;
import io.imaas.adapter.forge.pull.LineNotes;
import io.imaas.adapter.forge.pull.SharedPullRequests;
import io.imaas.adapter.forge.pull.Standing;
import io.imaas.adapter.web.Answers;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.port.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** GitLab's merge requests. */
final class GitLabPulls extends SharedPullRequests {
    static final int PAGE = 100;

    private final GitLabApi api;
    private final Answers answers = ForgeHttp.answers("GitLab");

    GitLabPulls(GitLabApi api, String repository, Clock clock) {
        super(repository, new Limits(255, 1_000_000, 255), clock);
        this.api = api;
    }

    @Override
    protected Optional<Worded> findOpen(BranchName from, BranchName into) {
        return answers.send(api.open(from.value(), into.value())).stream()
                .map(GitLabPulls::worded)
                .filter(found -> !found.pull().fork())
                .findFirst();
    }

    @Override
    protected Optional<Worded> create(BranchName from, BranchName into, String title, String body) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("source_branch", from.value());
        request.put("target_branch", into.value());
        request.put("title", title);
        request.put("description", body);
        return answers.find(api.create(request)).map(GitLabPulls::worded);
    }

    @Override
    protected Worded rewrite(Worded known, String title, String body) {
        return worded(answers.send(api.update(known.pull().number(), Map.of("title", title, "description", body))));
    }

    @Override
    public Optional<PullRequest> find(int number) {
        return answers.find(api.mergeRequest(number)).map(GitLabPulls::described);
    }

    @Override
    protected Optional<Note> findNote(int number, String beginning) {
        return first(PAGE, page -> answers.send(api.notes(number, page)), note -> note.body()
                        .startsWith(beginning))
                .map(note -> new Note(Long.toString(note.id()), note.body()));
    }

    @Override
    protected void write(int number, Note known, String text) {
        Map<String, String> note = Map.of("body", text);
        answers.send(
                known == null
                        ? api.createNote(number, note)
                        : api.updateNote(number, Long.parseLong(known.id()), note));
    }

    @Override
    protected LineNotes lineNotes(int number, CommitId head, String marker) {
        return GitLabLineNotes.of(api, answers, number, all(PAGE, page -> answers.send(api.differences(number, page))));
    }

    @Override
    protected Optional<Told> told(CommitId commit, String context) {
        return answers.send(api.statuses(commit.value(), context)).stream()
                .findFirst()
                .map(status -> new Told(
                        state(status.status()),
                        Objects.requireNonNullElse(status.description(), ""),
                        Objects.requireNonNullElse(status.target_url(), "")));
    }

    private static State state(String status) {
        return switch (status) {
            case "success" -> State.SUCCESS;
            case "failed" -> State.FAILURE;
            case "canceled" -> State.ERROR;
            default -> State.PENDING;
        };
    }

    private static String word(State state) {
        return switch (state) {
            case SUCCESS -> "success";
            case FAILURE -> "failed";
            case ERROR -> "canceled";
            case PENDING -> "running";
        };
    }

    @Override
    protected void tell(CommitId commit, String context, Told told) {
        Map<String, String> status = new LinkedHashMap<>();
        status.put("state", word(told.state()));
        status.put("name", context);
        status.put("description", told.description());
        if (!told.url().isEmpty()) {
            status.put("target_url", told.url());
        }
        answers.send(api.createStatus(commit.value(), status));
    }

    @Override
    protected Standing standing(int number) {
        MergeRequest request = answers.send(api.mergeRequest(number));
        Standing.State state =
                switch (request.detailed_merge_status()) {
                    case "mergeable" -> Standing.State.READY;
                    case "unchecked", "checking", "preparing", "approvals_syncing" -> Standing.State.UNKNOWN;
                    case "conflict", "need_rebase" -> Standing.State.CONFLICTING;
                    case "not_open" -> Standing.State.CLOSED;
                    // GitLab adds reasons for waiting now and then.
                    default -> Standing.State.HELD;
                };
        return new Standing(state, new CommitId(request.sha()), mergeCommit(request), "");
    }

    @Override
    protected Optional<CommitId> merge(int number, Standing now) {
        boolean later = now.state() == Standing.State.HELD;
        Map<String, Object> merge = Map.of(
                "sha", now.head().value(),
                "auto_merge", later,
                // The same as servers before 17.11 call it.
                "merge_when_pipeline_succeeds", later);
        return Optional.ofNullable(mergeCommit(answers.send(api.merge(number, merge))));
    }

    @Override
    public Optional<Merge> mergedAs(CommitId commit) {
        return answers.send(api.requestsOf(commit.value())).stream()
                .filter(request -> commit.equals(mergeCommit(request)))
                .map(request -> new Merge(
                        request.iid(),
                        new CommitId(request.sha()),
                        request.merge_user() == null ? "" : request.merge_user().username()))
                .findFirst();
    }

    /** GitLab says when somebody approved, and not what: it is what the request held then. */
    @Override
    public List<Review> reviews(int number) {
        List<GitLabApi.Version> versions = answers.send(api.versions(number));
        return answers.send(api.approvals(number)).approved_by().stream()
                .map(approval -> {
                    Instant at = approval.approved_at() == null ? Instant.EPOCH : moment(approval.approved_at());
                    CommitId held = versions.stream()
                            .filter(version -> moment(version.created_at()).isBefore(at))
                            .findFirst()
                            .map(version -> new CommitId(version.head_commit_sha()))
                            .orElse(null);
                    return new Review(approval.user().username(), true, held, at);
                })
                .toList();
    }

    private static Instant moment(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    @Override
    public void deployed(Deployment told) {
        String sha = told.commit().value();
        String status = word(told.state());
        Optional<GitLabApi.Deployment> known = answers.send(api.deployments(told.environment())).stream()
                .filter(each -> each.sha().equals(sha))
                .findFirst();
        if (known.isEmpty()) {
            answers.send(api.deploy(
                    Map.of("environment", told.environment(), "sha", sha, "ref", sha, "tag", false, "status", status)));
        } else if (!known.get().status().equals(status)) {
            answers.send(api.updateDeployment(known.get().id(), Map.of("status", status)));
        }
    }

    private static Worded worded(MergeRequest request) {
        return new Worded(described(request), request.title(), request.description());
    }

    private static PullRequest described(MergeRequest request) {
        return new PullRequest(
                request.iid(),
                request.web_url(),
                new CommitId(request.sha()),
                request.state().equals("opened"),
                mergeCommit(request),
                !Objects.equals(request.source_project_id(), request.target_project_id()));
    }

    /** A merge without a merge commit has brought in the head, or the squashed one. */
    private static CommitId mergeCommit(MergeRequest request) {
        if (!request.state().equals("merged")) {
            return null;
        }
        String squashed = Objects.requireNonNullElse(request.squash_commit_sha(), request.sha());
        return new CommitId(Objects.requireNonNullElse(request.merge_commit_sha(), squashed));
    }
}
