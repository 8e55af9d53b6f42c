package io.imaas.jenkins;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.TaskListener;
import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserRemoteConfig;
import hudson.scm.SCM;
import java.io.IOException;
import java.util.List;
import jenkins.plugins.git.AbstractGitSCMSource;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMHeadEvent;
import jenkins.scm.api.SCMHeadObserver;
import jenkins.scm.api.SCMHeadOrigin;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMSourceCriteria;
import jenkins.scm.api.SCMSourceDescriptor;
import jenkins.scm.api.mixin.ChangeRequestCheckoutStrategy;
import org.jenkinsci.plugins.github_branch_source.BranchSCMHead;
import org.jenkinsci.plugins.github_branch_source.PullRequestSCMHead;
import org.jenkinsci.plugins.github_branch_source.PullRequestSCMRevision;
import org.jvnet.hudson.test.TestExtension;

/**
 * Pull request 7, as GitHub Branch Source tells of it, out of a Git repository alone: {@code refs/pull/7/head}. Its author is
 * trusted with the Jenkinsfile, which is the worst case where it comes from a fork.
 */
public final class PullRequestSource extends AbstractGitSCMSource {
    private static final String REF = "refs/pull/7/head";

    private final String remote;
    private final String commit;
    private final SCMHeadOrigin origin;

    PullRequestSource(String remote, String commit, SCMHeadOrigin origin) {
        this.remote = remote;
        this.commit = commit;
        this.origin = origin;
    }

    @Override
    public String getCredentialsId() {
        return null;
    }

    @Override
    public String getRemote() {
        return remote;
    }

    private PullRequestSCMHead head() {
        return new PullRequestSCMHead(
                "PR-7",
                "mallory",
                "order-report",
                "fix",
                7,
                new BranchSCMHead("main"),
                origin,
                ChangeRequestCheckoutStrategy.HEAD);
    }

    private SCMRevision revision() {
        return new PullRequestSCMRevision(head(), commit, commit);
    }

    @Override
    protected void retrieve(
            @CheckForNull SCMSourceCriteria criteria,
            @NonNull SCMHeadObserver observer,
            @CheckForNull SCMHeadEvent<?> event,
            @NonNull TaskListener listener)
            throws IOException, InterruptedException {
        observer.observe(head(), revision());
    }

    @Override
    protected SCMRevision retrieve(@NonNull SCMHead head, @NonNull TaskListener listener) {
        return revision();
    }

    @NonNull
    @Override
    public SCM build(@NonNull SCMHead head, SCMRevision revision) {
        return new GitSCM(
                List.of(new UserRemoteConfig(remote, "origin", "+" + REF + ":refs/remotes/origin/PR-7", null)),
                List.of(new BranchSpec("origin/PR-7")),
                null,
                null,
                List.of());
    }

    @TestExtension
    public static final class DescriptorImpl extends SCMSourceDescriptor {}
}
