package io.imaas.adapter.forge.gitea;

import io.imaas.adapter.forge.github.HubApi;
import io.imaas.adapter.forge.github.HubPulls;
import io.imaas.adapter.forge.http.ForgeHttp;
import io.imaas.adapter.forge.pull.Limits;
import io.imaas.adapter.forge.pull.LineNotes;
import io.imaas.adapter.forge.pull.Standing;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.source.CommitId;
import io.imaas.port.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.ResponseBody;

/** Gitea's pull requests. */
final class GiteaPulls extends HubPulls {
    private final GiteaApi own;

    GiteaPulls(HubApi api, GiteaApi own, String repository, Clock clock) {
        super(api, ForgeHttp.answers("Gitea"), repository, new Limits(255, 65_536, 255), clock);
        this.own = own;
    }

    @Override
    protected List<Integer> about(CommitId commit) {
        return answers.find(own.pullOf(commit.value())).map(HubApi.Pull::number).stream()
                .toList();
    }

    @Override
    protected LineNotes lineNotes(int number, CommitId head, String marker) {
        return GiteaLineNotes.of(api, own, answers, number, head);
    }

    /** Gitea calls a pull request mergeable whose checks are still missing, and not mergeable while it looks for conflicts. */
    @Override
    protected Standing standing(int number) {
        HubApi.Pull pull = answers.send(api.pull(number));
        boolean closed = !pull.state().equals("open");
        boolean mergeable = Boolean.TRUE.equals(pull.mergeable());
        return new Standing(
                closed ? Standing.State.CLOSED : mergeable ? Standing.State.READY : Standing.State.UNKNOWN,
                new CommitId(pull.head().sha()),
                mergeCommit(pull),
                "");
    }

    /** To be merged later is asked for only where it cannot be merged now: Gitea would do even that later. */
    @Override
    protected Optional<CommitId> merge(int number, Standing now) {
        try {
            merge(number, now, false);
        } catch (FailureException refused) {
            if (refused.failure().kind() != FailureKind.POLICY) {
                throw refused;
            }
            merge(number, now, true);
        }
        return find(number).map(PullRequest::mergeCommit);
    }

    private void merge(int number, Standing now, boolean later) {
        Map<String, Object> merge =
                Map.of("Do", "merge", "head_commit_id", now.head().value(), "merge_when_checks_succeed", later);
        answers.find(own.merge(number, merge)).ifPresent(ResponseBody::close);
    }
}
