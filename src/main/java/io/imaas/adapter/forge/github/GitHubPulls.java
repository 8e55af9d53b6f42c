package io.imaas.adapter.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.adapter.forge.github.GitHubApi.DeploymentStatus;
import io.imaas.adapter.forge.pull.Limits;
import io.imaas.adapter.forge.pull.LineNotes;
import io.imaas.adapter.forge.pull.Standing;
import io.imaas.adapter.web.Answers;
import io.imaas.model.source.CommitId;
import io.imaas.port.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** GitHub's pull requests and deployments; auto-merge and the merge queue exist in GraphQL alone. */
final class GitHubPulls extends HubPulls {
    private static final String LOOK =
            "query($owner: String!, $name: String!, $number: Int!) { repository(owner: $owner,"
                    + " name: $name) { pullRequest(number: $number) { id state headRefOid mergeStateStatus"
                    + " isMergeQueueEnabled mergeCommit { oid } } } }";
    private static final String LATER = "mutation($id: ID!, $head: GitObjectID!) { enablePullRequestAutoMerge(input:"
            + " {pullRequestId: $id, mergeMethod: MERGE, expectedHeadOid: $head}) { clientMutationId } }";
    private static final String QUEUE = "mutation($id: ID!, $head: GitObjectID!) { enqueuePullRequest(input:"
            + " {pullRequestId: $id, expectedHeadOid: $head}) { clientMutationId } }";
    private static final Limits LIMITS = new Limits(256, 65_536, 140);
    /** Marks what is to be put into the merge queue. */
    private static final String QUEUED = "queue ";

    private final GitHubApi own;
    private final GraphQl graphQl;
    private final String[] ownerAndName;

    GitHubPulls(HubApi api, GitHubApi own, Answers answers, String repository, Clock clock) {
        super(api, answers, repository, LIMITS, clock);
        this.own = own;
        this.graphQl = new GraphQl(own, answers, repository);
        this.ownerAndName = repository.split("/", 2);
    }

    @Override
    protected List<Integer> about(CommitId commit) {
        return answers.send(own.pullsOf(commit.value())).stream()
                .map(HubApi.Pull::number)
                .toList();
    }

    @Override
    protected LineNotes lineNotes(int number, CommitId head, String marker) {
        return GitHubLineNotes.of(api, own, answers, number, head);
    }

    @Override
    protected Standing standing(int number) {
        Map<String, Object> which = Map.of("owner", ownerAndName[0], "name", ownerAndName[1], "number", number);
        JsonNode pull =
                graphQl.ask(LOOK, which, "check the pull request's number").at("/repository/pullRequest");
        String commit = pull.at("/mergeCommit/oid").asText("");
        boolean merged = pull.path("state").asText().equals("MERGED");
        return new Standing(
                pull.path("state").asText().equals("CLOSED")
                        ? Standing.State.CLOSED
                        : state(pull.path("mergeStateStatus").asText()),
                new CommitId(pull.path("headRefOid").asText()),
                merged && !commit.isEmpty() ? new CommitId(commit) : null,
                (pull.path("isMergeQueueEnabled").asBoolean() ? QUEUED : "")
                        + pull.path("id").asText());
    }

    private static Standing.State state(String status) {
        return switch (status) {
            case "CLEAN", "HAS_HOOKS", "UNSTABLE" -> Standing.State.READY;
            case "BLOCKED", "BEHIND", "DRAFT" -> Standing.State.HELD;
            case "DIRTY" -> Standing.State.CONFLICTING;
            default -> Standing.State.UNKNOWN;
        };
    }

    @Override
    protected Optional<CommitId> merge(int number, Standing now) {
        boolean ready = now.state() == Standing.State.READY;
        boolean queue = now.reference().startsWith(QUEUED);
        if (ready && !queue) {
            Map<String, String> merge = Map.of("sha", now.head().value(), "merge_method", "merge");
            return Optional.of(
                    new CommitId(answers.send(own.merge(number, merge)).sha()));
        }
        String id = queue ? now.reference().substring(QUEUED.length()) : now.reference();
        graphQl.ask(
                ready ? QUEUE : LATER,
                Map.of("id", id, "head", now.head().value()),
                "allow auto-merge in the repository's settings and let a rule of the branch require its checks");
        return Optional.empty();
    }

    @Override
    public void deployed(Deployment told) {
        String sha = told.commit().value();
        long id = answers.send(own.deployments(sha, told.environment())).stream()
                .findFirst()
                .orElseGet(() -> answers.send(own.deploy(Map.of(
                        "ref", sha,
                        "environment", told.environment(),
                        "description", LIMITS.shortDescription(told.description()),
                        // What has to hold is decided by gates, before anything is deployed.
                        "required_contexts", List.of(),
                        "auto_merge", false))))
                .id();
        DeploymentStatus wanted = new DeploymentStatus(
                told.state() == State.PENDING
                        ? "in_progress"
                        : told.state().name().toLowerCase(Locale.ROOT),
                LIMITS.shortDescription(told.description()),
                told.url());
        if (!answers.send(own.deploymentStatuses(id)).stream().findFirst().equals(Optional.of(wanted))) {
            answers.send(own.deploymentStatus(
                    id,
                    Map.of("state", wanted.state(), "description", wanted.description(), "log_url", wanted.log_url())));
        }
    }
}
