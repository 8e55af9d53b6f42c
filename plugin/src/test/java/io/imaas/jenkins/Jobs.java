package io.imaas.jenkins;

import hudson.model.Action;
import hudson.model.Cause;
import hudson.model.CauseAction;
import java.util.List;
import java.util.stream.Stream;
import jenkins.branch.BranchSource;
import jenkins.plugins.git.GitSCMSource;
import jenkins.plugins.git.traits.BranchDiscoveryTrait;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.jvnet.hudson.test.JenkinsRule;

/** Jobs as an administrator would make them. */
final class Jobs {
    private Jobs() {}

    /** A build that a person starts; without a security realm everybody is a person who may everything. */
    static WorkflowRun byPerson(WorkflowJob job, Action... actions) throws Exception {
        Action person = new CauseAction(new Cause.UserIdCause(null));
        return job.scheduleBuild2(
                        0, Stream.concat(Stream.of(person), Stream.of(actions)).toArray(Action[]::new))
                .waitForStart();
    }

    static WorkflowMultiBranchProject multibranch(JenkinsRule jenkins, String name, String repository)
            throws Exception {
        WorkflowMultiBranchProject job = jenkins.createProject(WorkflowMultiBranchProject.class, name);
        GitSCMSource source = new GitSCMSource(repository);
        source.setTraits(List.of(new BranchDiscoveryTrait()));
        job.setSourcesList(List.of(new BranchSource(source)));
        return job;
    }
}
