package io.imaas.jenkins.job;

import hudson.Util;
import io.imaas.model.source.RepositoryUrl;
import java.util.List;
import java.util.Optional;
import jenkins.scm.api.SCMSource;
import org.jenkinsci.plugins.github_branch_source.BranchDiscoveryTrait;
import org.jenkinsci.plugins.github_branch_source.ForkPullRequestDiscoveryTrait;
import org.jenkinsci.plugins.github_branch_source.GitHubSCMSource;
import org.jenkinsci.plugins.github_branch_source.OriginPullRequestDiscoveryTrait;
import org.jenkinsci.plugins.github_branch_source.TagDiscoveryTrait;
import org.jenkinsci.plugins.variant.OptionalExtension;

/**
 * GitHub's branches and pull requests. Of a fork's pull request the Jenkinsfile is the target branch's, unless its author
 * may write to the repository anyway.
 */
@OptionalExtension(requirePlugins = "github-branch-source")
public final class GitHubBranchSources implements BranchSources {
    /** Branches that are not pull requests too; of those the merge with their target. */
    private static final int ONLY_BRANCHES = 1;

    private static final int MERGED = 1;

    @Override
    public Optional<SCMSource> find(RepositoryUrl repository, String credentialsId) {
        if (!repository.value().startsWith("https://github.com/")) {
            return Optional.empty();
        }
        GitHubSCMSource source = new GitHubSCMSource("", "", repository.value(), true);
        source.setCredentialsId(Util.fixEmpty(credentialsId));
        source.setTraits(List.of(
                new BranchDiscoveryTrait(ONLY_BRANCHES),
                new OriginPullRequestDiscoveryTrait(MERGED),
                new ForkPullRequestDiscoveryTrait(MERGED, new ForkPullRequestDiscoveryTrait.TrustPermission()),
                new TagDiscoveryTrait()));
        return Optional.of(source);
    }
}
