package io.imaas.adapter.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.model.source.ExistingJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JenkinsHomeTest {
    @TempDir
    Path home;

    private void job(String name, String xml) throws IOException {
        Path folder = home;
        for (String part : name.split("/")) {
            folder = folder.resolve("jobs").resolve(part);
        }
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("config.xml"), "<?xml version='1.1' encoding='UTF-8'?>\n" + xml);
    }

    private List<String> jobs() {
        return new JenkinsHome(home)
                .all().stream()
                        .map(job -> job.name() + " | " + job.kind() + " | " + job.repository() + " | " + job.script()
                                + " | " + job.own())
                        .toList();
    }

    @Test
    void jobsInFoldersAreReadAsJenkinsWritesThem() throws IOException {
        job("team", "<com.cloudbees.hudson.plugins.folder.Folder plugin='cloudbees-folder@6'/>");
        job(
                "team/api",
                "<org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject><sources><data>"
                        + "<jenkins.branch.BranchSource><source class='jenkins.plugins.git.GitSCMSource'>"
                        + "<remote>https://bot:secret@git.example.org/orders/api.git</remote></source>"
                        + "</jenkins.branch.BranchSource></data></sources>"
                        + "<triggers><com.cloudbees.hudson.plugins.folder.computed.PeriodicFolderTrigger>"
                        + "<spec>H H * * *</spec></com.cloudbees.hudson.plugins.folder.computed.PeriodicFolderTrigger></triggers>"
                        + "<factory><scriptPath>ci/Jenkinsfile</scriptPath></factory>"
                        + "</org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject>");
        job(
                "hub",
                "<org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject><sources><source>"
                        + "<repoOwner>acme</repoOwner><repository>hub</repository></source></sources>"
                        + "</org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject>");
        job(
                "sync",
                "<flow-definition><properties><hudson.model.ParametersDefinitionProperty><parameterDefinitions/>"
                        + "</hudson.model.ParametersDefinitionProperty></properties>"
                        + "<definition class='org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition'><scm><userRemoteConfigs>"
                        + "<hudson.plugins.git.UserRemoteConfig><url>git@git.example.org:orders/sync.git</url>"
                        + "</hudson.plugins.git.UserRemoteConfig></userRemoteConfigs></scm>"
                        + "<scriptPath>Jenkinsfile</scriptPath></definition></flow-definition>");
        job(
                "inline",
                "<flow-definition><definition class='org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition'>"
                        + "<script>node { sh 'make' }</script></definition></flow-definition>");
        job("old", "<project><scm><url>https://git.example.org/x.git</url></scm></project>");

        assertThat(jobs())
                .containsExactly(
                        "hub | multibranch pipeline | https://github.com/acme/hub.git | Jenkinsfile | []",
                        "inline | pipeline |  |  | [a script in the job itself]",
                        "old | 'project' job |  |  | []",
                        "sync | pipeline | git@git.example.org:orders/sync.git | Jenkinsfile | [parameters]",
                        "team/api | multibranch pipeline | https://git.example.org/orders/api.git | ci/Jenkinsfile |"
                                + " [the schedule H H * * *]");
    }

    @Test
    void aHostileFileIsRefusedWithItsPlace() throws IOException {
        assertThatThrownBy(this::jobs).hasMessageContaining("no folder 'jobs'");
        job("a", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><flow-definition>&e;</flow-definition>");
        assertThatThrownBy(this::jobs).hasMessageContaining("can't be read").hasMessageContaining("config.xml");
        job("a", "<flow-definition>");
        assertThatThrownBy(this::jobs).hasMessageContaining("can't be read");
        job("a", "<project>" + "x".repeat(1 << 20) + "</project>");
        assertThatThrownBy(this::jobs).hasMessageContaining("bytes");
        job("a", "<flow-definition/>");
        assertThat(jobs()).containsExactly("a | pipeline |  | Jenkinsfile | []");
        Files.createSymbolicLink(home.resolve("jobs/a/jobs"), home.resolve("jobs"));
        assertThat(new JenkinsHome(home).all()).extracting(ExistingJob::name).containsExactly("a");
    }
}
