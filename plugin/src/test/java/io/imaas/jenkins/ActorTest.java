package io.imaas.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.triggers.TimerTrigger;
import io.imaas.jenkins.source.Actor;
import io.imaas.jenkins.source.ImaasPermissions;
import io.imaas.model.identity.Actor.Proof;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** What a person may is asked of that person; what a push set off is asked of nobody. */
@SharedJenkins
class ActorTest {
    @Test
    void personsNeedThePermissionAndMachinesDoNot(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .toEveryone()
                .grant(ImaasPermissions.PROMOTE)
                .everywhere()
                .to("rita"));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "job");
        job.setDefinition(new CpsFlowDefinition("echo 'x'", true));

        assertThat(may(jenkins, job, person("rita"))).isTrue();
        assertThat(may(jenkins, job, person("tom"))).isFalse();
        assertThat(may(jenkins, job, new Cause.UserIdCause("gone-since"))).isFalse();
        assertThat(may(jenkins, job, anonymous())).isFalse();
        assertThat(may(jenkins, job, new Cause.UserIdCause("SYSTEM"))).isFalse();
        assertThat(may(jenkins, job, new TimerTrigger.TimerTriggerCause())).isTrue();
    }

    @Test
    void whomNobodyLoggedInAsIsProvenByNothingWhateverTheyMay(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "job");
        job.setDefinition(new CpsFlowDefinition("echo 'x'", true));

        assertThat(may(jenkins, job, anonymous())).isTrue();
        assertThat(proof(jenkins, job, anonymous())).isEqualTo(Proof.UNVERIFIED);
        assertThat(proof(jenkins, job, new Cause.UserIdCause("anonymous"))).isEqualTo(Proof.UNVERIFIED);
        assertThat(proof(jenkins, job, new Cause.UserIdCause("SYSTEM"))).isEqualTo(Proof.UNVERIFIED);
        assertThat(proof(jenkins, job, new Cause.UserIdCause("gone-since"))).isEqualTo(Proof.UNVERIFIED);
        assertThat(proof(jenkins, job, person("rita"))).isEqualTo(Proof.JENKINS);
        assertThat(proof(jenkins, job, new TimerTrigger.TimerTriggerCause())).isEqualTo(Proof.MACHINE);
        assertThat(Actor.ofVisitor().asRequester().isPerson())
                .as("this test's thread")
                .isFalse();
    }

    private static Proof proof(JenkinsRule jenkins, WorkflowJob job, Cause cause) throws Exception {
        WorkflowRun run = jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0, new CauseAction(cause)));
        return Actor.of(run).asRequester().proof();
    }

    private static Cause person(String id) {
        User.getById(id, true);
        return new Cause.UserIdCause(id);
    }

    private static Cause anonymous() {
        try (ACLContext nobody = ACL.as2(Jenkins.ANONYMOUS2)) {
            return new Cause.UserIdCause();
        }
    }

    private static boolean may(JenkinsRule jenkins, WorkflowJob job, Cause cause) throws Exception {
        WorkflowRun run = jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0, new CauseAction(cause)));
        return Actor.of(run).may(ImaasPermissions.PROMOTE, run);
    }
}
