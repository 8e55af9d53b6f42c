package io.imaas.adapter.forge.bitbucket;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.adapter.forge.bitbucket.BitbucketApi.Activity;
import io.imaas.adapter.forge.bitbucket.BitbucketApi.Build;
import io.imaas.adapter.forge.bitbucket.BitbucketApi.Deployed;
import io.imaas.adapter.forge.bitbucket.BitbucketApi.Mergeability;
import io.imaas.adapter.forge.bitbucket.BitbucketApi.Page;
import io.imaas.adapter.forge.bitbucket.BitbucketApi.Pull;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** Pull requests of Bitbucket Data Center. Every change names the version that it changes. */
final class BitbucketPulls extends SharedPullRequests {
    private static final String BRANCH = "refs/heads/";
    private static final int MOST_PAGES = 30;
    private static final Limits LIMITS = new Limits(255, 32_768, 255);

    private final BitbucketApi api;
    private final Answers answers = ForgeHttp.answers("Bitbucket");
    private final Clock clock;
    private final String page;
    private final String insights;

    /**
     * @param page of the repository, for people: a status without a link is refused
     * @param insights address of its Code Insights, ends with a slash
     */
    BitbucketPulls(BitbucketApi api, String repository, String page, String insights, Clock clock) {
        super(repository, LIMITS, clock);
        this.insights = insights;
        this.api = api;
        this.page = page;
        this.clock = clock;
    }

    @Override
    protected Optional<Worded> findOpen(BranchName from, BranchName into) {
        return answers.send(api.open(BRANCH + from)).values().stream()
                .filter(pull -> pull.toRef().id().equals(BRANCH + into))
                .map(BitbucketPulls::worded)
                .filter(found -> !found.pull().fork())
                .findFirst();
    }

    @Override
    protected Optional<Worded> create(BranchName from, BranchName into, String title, String body) {
        Map<String, Object> pull = new HashMap<>();
        pull.put("title", title);
        pull.put("description", body);
        pull.put("fromRef", Map.of("id", BRANCH + from));
        pull.put("toRef", Map.of("id", BRANCH + into));
        return answers.find(api.create(pull)).map(BitbucketPulls::worded);
    }

    /** Reviewers that a change does not name are taken away. */
    @Override
    protected Worded rewrite(Worded known, String title, String body) {
        Pull now = answers.send(api.pull(known.pull().number()));
        List<Map<String, Object>> reviewers = now.reviewers().stream()
                .map(each -> Map.<String, Object>of(
                        "user", Map.of("name", each.user().name())))
                .toList();
        return worded(answers.send(api.update(
                now.id(),
                Map.of("version", now.version(), "title", title, "description", body, "reviewers", reviewers))));
    }

    @Override
    public Optional<PullRequest> find(int number) {
        return answers.find(api.pull(number)).map(BitbucketPulls::described);
    }

    /** Bitbucket shows HTML as text; a definition of a link that nobody uses is shown nowhere. */
    @Override
    protected String hidden(String marker) {
        return "[//]: # (" + marker.replaceAll("[()\\\\]", "-") + ")";
    }

    /** @return with number and version of the comment */
    @Override
    protected Optional<Note> findNote(int number, String beginning) {
        return newest(number, "COMMENTED", activity -> activity.comment().text().startsWith(beginning))
                .map(Activity::comment)
                .map(comment -> new Note(comment.id() + " " + comment.version(), comment.text()));
    }

    @Override
    protected LineNotes lineNotes(int number, CommitId head, String marker) {
        String report = insights + "commits/" + head + "/reports/" + marker.replaceAll("[^\\w.-]", "-");
        return new BitbucketLineNotes(api, answers, report, marker);
    }

    private Optional<Activity> newest(int number, String action, Predicate<Activity> fits) {
        int start = 0;
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            Page<Activity> some = answers.send(api.activities(number, start));
            Optional<Activity> found = some.values().stream()
                    .filter(activity -> activity.action().equals(action) && fits.test(activity))
                    .findFirst();
            if (found.isPresent() || some.isLastPage() || some.nextPageStart() == null) {
                return found;
            }
            start = some.nextPageStart();
        }
        return Optional.empty();
    }

    @Override
    protected void write(int number, Note known, String text) {
        if (known == null) {
            answers.send(api.createComment(number, Map.of("text", text)));
            return;
        }
        String[] idAndVersion = known.id().split(" ", 2);
        answers.send(api.updateComment(
                number,
                Long.parseLong(idAndVersion[0]),
                Map.of("text", text, "version", Integer.parseInt(idAndVersion[1]))));
    }

    @Override
    protected Optional<Told> told(CommitId commit, String context) {
        return answers.find(api.build(commit.value(), context)).map(this::told);
    }

    private Told told(Build build) {
        State state =
                switch (build.state()) {
                    case "SUCCESSFUL" -> State.SUCCESS;
                    case "FAILED" -> State.FAILURE;
                    case "CANCELLED" -> State.ERROR;
                    default -> State.PENDING;
                };
        String url = Objects.requireNonNullElse(build.url(), "");
        return new Told(state, Objects.requireNonNullElse(build.description(), ""), url.equals(page) ? "" : url);
    }

    @Override
    protected void tell(CommitId commit, String context, Told told) {
        String state =
                switch (told.state()) {
                    case SUCCESS -> "SUCCESSFUL";
                    case FAILURE -> "FAILED";
                    case ERROR -> "CANCELLED";
                    case PENDING -> "INPROGRESS";
                };
        answers.find(api.createBuild(
                commit.value(),
                Map.of(
                        "key", context,
                        "name", context,
                        "state", state,
                        "description", told.description(),
                        "url", link(told.url()))));
    }

    private String link(String url) {
        return url.isEmpty() ? page : url;
    }

    @Override
    protected Standing standing(int number) {
        Pull pull = answers.send(api.pull(number));
        if (!pull.state().equals("OPEN")) {
            return standing(Standing.State.CLOSED, pull);
        }
        Mergeability merge = answers.send(api.mergeability(number));
        return standing(
                merge.canMerge()
                        ? Standing.State.READY
                        : merge.conflicted() ? Standing.State.CONFLICTING : Standing.State.HELD,
                pull);
    }

    private static Standing standing(Standing.State state, Pull pull) {
        return new Standing(
                state,
                new CommitId(pull.fromRef().latestCommit()),
                mergeCommit(pull),
                Integer.toString(pull.version()));
    }

    @Override
    protected Optional<CommitId> merge(int number, Standing now) {
        boolean later = now.state() == Standing.State.HELD;
        return Optional.ofNullable(
                mergeCommit(answers.send(api.merge(number, now.reference(), Map.of("autoMerge", later)))));
    }

    @Override
    public Optional<Merge> mergedAs(CommitId commit) {
        return answers.send(api.pullsOf(commit.value())).values().stream()
                .filter(pull -> commit.equals(mergeCommit(pull)))
                .map(pull -> new Merge(
                        pull.id(),
                        new CommitId(pull.fromRef().latestCommit()),
                        newest(pull.id(), "MERGED", activity -> true)
                                .map(activity -> activity.user().name())
                                .orElse("")))
                .findFirst();
    }

    @Override
    public List<Review> reviews(int number) {
        return answers.send(api.pull(number)).reviewers().stream()
                .filter(each -> !each.status().equals("UNAPPROVED") && each.lastReviewedCommit() != null)
                .map(each -> {
                    String who = each.user().name();
                    boolean approved = each.status().equals("APPROVED");
                    Instant at = newest(number, approved ? "APPROVED" : "REVIEWED", activity -> activity.user()
                                    .name()
                                    .equals(who))
                            .map(activity -> Instant.ofEpochMilli(activity.createdDate()))
                            .orElse(Instant.EPOCH);
                    return new Review(who, approved, new CommitId(each.lastReviewedCommit()), at);
                })
                .toList();
    }

    /** The key is the environment, so that one commit has one deployment there however often it is told. */
    @Override
    public void deployed(Deployment told) {
        String state =
                switch (told.state()) {
                    case SUCCESS -> "SUCCESSFUL";
                    case FAILURE -> "FAILED";
                    case ERROR -> "CANCELLED";
                    case PENDING -> "IN_PROGRESS";
                };
        String key = told.environment();
        Optional<Deployed> known = answers.find(api.deployment(told.commit().value(), key, key, 1));
        if (known.filter(each -> each.state().equals(state)).isPresent()) {
            return;
        }
        Map<String, Object> deployment = new HashMap<>();
        deployment.put("deploymentSequenceNumber", 1);
        deployment.put("key", key);
        deployment.put("displayName", key);
        deployment.put("description", LIMITS.shortDescription(told.description()));
        deployment.put("environment", Map.of("key", key, "displayName", key));
        deployment.put("state", state);
        deployment.put("lastUpdated", clock.now().toEpochMilli());
        deployment.put("url", link(told.url()));
        answers.find(api.deploy(told.commit().value(), deployment));
    }

    private static Worded worded(Pull pull) {
        return new Worded(described(pull), pull.title(), pull.description());
    }

    private static PullRequest described(Pull pull) {
        JsonNode link = pull.links() == null ? null : pull.links().at("/self/0/href");
        return new PullRequest(
                pull.id(),
                link == null ? "" : link.asText(),
                new CommitId(pull.fromRef().latestCommit()),
                pull.state().equals("OPEN"),
                mergeCommit(pull),
                pull.toRef() != null
                        && !Objects.equals(
                                pull.fromRef().repository(), pull.toRef().repository()));
    }

    private static CommitId mergeCommit(Pull pull) {
        String commit = pull.properties() == null
                ? ""
                : pull.properties().at("/mergeCommit/id").asText("");
        return pull.state().equals("MERGED") && !commit.isEmpty() ? new CommitId(commit) : null;
    }
}
