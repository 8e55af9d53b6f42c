package io.imaas.jenkins.source;

import io.imaas.model.source.CommitId;
import java.util.Optional;
import jenkins.scm.api.SCMRevision;
import org.jenkinsci.plugins.github_branch_source.PullRequestSCMRevision;
import org.jenkinsci.plugins.variant.OptionalExtension;

/** Pull requests of GitHub Branch Source, where that plugin is installed. */
@OptionalExtension(requirePlugins = "github-branch-source")
public final class GitHubProposedCommit implements ProposedCommit {
    @Override
    public Optional<CommitId> find(SCMRevision revision) {
        return revision instanceof PullRequestSCMRevision request
                ? Optional.of(new CommitId(request.getPullHash()))
                : Optional.empty();
    }
}
