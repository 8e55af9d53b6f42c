package io.imaas.jenkins.source;

import hudson.model.Job;
import hudson.model.Run;
import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserRemoteConfig;
import hudson.plugins.git.util.BuildData;
import hudson.scm.SCM;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.source.SourceHead;
import java.util.List;
import java.util.Optional;
import jenkins.plugins.git.AbstractGitSCMSource;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMHeadOrigin;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMRevisionAction;
import jenkins.scm.api.SCMSource;
import jenkins.scm.api.mixin.ChangeRequestSCMHead;
import jenkins.scm.api.mixin.ChangeRequestSCMHead2;
import jenkins.scm.api.mixin.TagSCMHead;
import org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;

/**
 * Where a build's Jenkinsfile came from.
 *
 * @param commit empty when Jenkins did not say: then the branch's tip is meant
 */
public record BuildSource(RepositoryUrl repository, SourceHead head, Optional<CommitId> commit) {
    /** The source of a build; empty when its script is written into the job. */
    public static Optional<BuildSource> of(Run<?, ?> run) {
        Job<?, ?> job = run.getParent();
        SCMSource source = SCMSource.SourceByItem.findSource(job);
        SCMHead head = SCMHead.HeadByItem.findHead(job);
        if (source instanceof AbstractGitSCMSource git && head != null) {
            return Optional.of(
                    new BuildSource(new RepositoryUrl(git.getRemote()), headOf(head), commitOf(source, run)));
        }
        return source == null ? ofScript(job, run) : Optional.empty();
    }

    /** Whether it is a pull request from somebody else's copy of the repository: such a build gets no credentials. */
    public boolean forked() {
        return head instanceof SourceHead.PullRequest request && request.fork();
    }

    private static SourceHead headOf(SCMHead head) {
        if (head instanceof ChangeRequestSCMHead request) {
            boolean own =
                    head instanceof ChangeRequestSCMHead2 origin && SCMHeadOrigin.DEFAULT.equals(origin.getOrigin());
            BranchName target = new BranchName(request.getTarget().getName());
            return new SourceHead.PullRequest(number(request.getId()), target, !own);
        }
        return head instanceof TagSCMHead
                ? new SourceHead.Tag(head.getName())
                : new SourceHead.Branch(new BranchName(head.getName()));
    }

    private static int number(String id) {
        try {
            return Integer.parseInt(id);
        } catch (NumberFormatException e) {
            throw FailureException.input(
                    "pull request '" + id + "' has no number", "use a branch source with numbered pull requests");
        }
    }

    private static Optional<CommitId> commitOf(SCMSource source, Run<?, ?> run) {
        SCMRevision revision = SCMRevisionAction.getRevision(source, run);
        if (revision instanceof AbstractGitSCMSource.SCMRevisionImpl git) {
            return Optional.of(new CommitId(git.getHash()));
        }
        return revision == null ? Optional.empty() : ProposedCommit.of(revision);
    }

    private static Optional<BuildSource> ofScript(Job<?, ?> job, Run<?, ?> run) {
        boolean fromScm =
                job instanceof WorkflowJob pipeline && pipeline.getDefinition() instanceof CpsScmFlowDefinition;
        if (!fromScm) {
            return Optional.empty();
        }
        SCM scm = ((CpsScmFlowDefinition) ((WorkflowJob) job).getDefinition()).getScm();
        if (!(scm instanceof GitSCM git)) {
            return Optional.empty();
        }
        List<UserRemoteConfig> remotes = git.getUserRemoteConfigs();
        List<BranchSpec> branches = git.getBranches();
        if (remotes.size() != 1
                || branches.size() != 1
                || branches.get(0).getName().contains("$")) {
            throw FailureException.input(
                    "the job has " + remotes.size() + " repositories and " + branches.size() + " branches",
                    job.getFullName(),
                    "give it exactly one of each, without parameters");
        }
        RepositoryUrl url = new RepositoryUrl(remotes.get(0).getUrl());
        BranchName branch = new BranchName(branches.get(0).getName().replaceFirst("^(\\*/|origin/|refs/heads/)", ""));
        Optional<CommitId> commit = Optional.ofNullable(run.getAction(BuildData.class))
                .map(BuildData::getLastBuiltRevision)
                .map(built -> new CommitId(built.getSha1String()));
        return Optional.of(new BuildSource(url, new SourceHead.Branch(branch), commit));
    }
}
