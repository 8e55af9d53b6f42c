package io.imaas.jenkins.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsScope;
import io.imaas.adapter.system.SystemClock;
import io.imaas.jenkins.SharedJenkins;
import io.imaas.jenkins.Vault;
import io.imaas.jenkins.config.ArgoCdServer;
import io.imaas.jenkins.config.FolderServer;
import io.imaas.jenkins.config.ImaasConfiguration;
import io.imaas.jenkins.config.RuntimeProbe;
import io.imaas.jenkins.config.TenantProperty;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.GitHosts;
import io.imaas.model.tenancy.EnvironmentName;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** Connections are made with secrets; when those change, the connections have to. */
@SharedJenkins
class ChangedLoginTest {
    @Test
    void aServersConnectionKnowsThatASecretOfItIsAnother(JenkinsRule jenkins) throws Exception {
        Vault.text(CredentialsScope.SYSTEM, "argo", "first");
        Vault.text(CredentialsScope.SYSTEM, "cluster", "first");
        Vault.login(CredentialsScope.SYSTEM, "mi", "admin", "first");
        ArgoCdServer server = new ArgoCdServer("http://127.0.0.1:1", "argo");
        server.setClusterCredentialsId("cluster");
        server.setClusterApiServer("https://127.0.0.1:1");
        server.setProbe(new RuntimeProbe("mi"));
        Backend.Surroundings around =
                new Backend.Surroundings(url -> null, target -> Optional.empty(), Path.of(""), new SystemClock());
        try (ConfiguredServer backend = ConfiguredServer.of(server, around)) {
            assertThat(backend.isOutdated()).isFalse();
            Vault.text(CredentialsScope.SYSTEM, "argo", "second");
            assertThat(backend.isOutdated()).isTrue();
            Vault.text(CredentialsScope.SYSTEM, "argo", "first");
            Vault.text(CredentialsScope.SYSTEM, "cluster", "second");
            assertThat(backend.isOutdated()).isTrue();
            Vault.text(CredentialsScope.SYSTEM, "cluster", "first");
            Vault.login(CredentialsScope.SYSTEM, "mi", "admin", "second");
            assertThat(backend.isOutdated()).isTrue();
            Vault.login(CredentialsScope.SYSTEM, "mi", "admin", "first");
            assertThat(backend.isOutdated()).isFalse();
            Vault.remove("argo");
            assertThat(backend.isOutdated()).isTrue();
        }
    }

    @Test
    void aServerThatIsMisconfiguredIsInTheWayOfItsOwnEnvironmentsAlone(JenkinsRule jenkins, @TempDir Path folder)
            throws Exception {
        ArgoCdServer argo = new ArgoCdServer("http://127.0.0.1:1", "argo");
        argo.setEnvironments("prod");
        FolderServer other = new FolderServer(folder.toString());
        Backend.Surroundings around =
                new Backend.Surroundings(url -> null, target -> Optional.empty(), folder, new SystemClock());
        try (ConfiguredServer wrong = ConfiguredServer.of(argo, around);
                ConfiguredServer right = ConfiguredServer.of(other, around)) {
            assertThat(wrong.serves(new EnvironmentName("dev"))).isFalse();
            assertThat(right.orThrow().deployments()).isNotNull();
            assertThatThrownBy(wrong::orThrow)
                    .isInstanceOf(FailureException.class)
                    .hasMessageContaining("'argo'");
            assertThat(wrong.isOutdated())
                    .as("nothing changed, so nobody's connections are made anew")
                    .isFalse();
            Vault.text(CredentialsScope.SYSTEM, "argo", "token");
            assertThat(wrong.isOutdated()).isTrue();
        }
    }

    @Test
    void aTenantsGitKnowsThatAnotherLoginHolds(JenkinsRule jenkins, @TempDir Path cache) throws Exception {
        Vault.text(CredentialsScope.SYSTEM, "git", "token");
        Vault.login(CredentialsScope.SYSTEM, "own", "ann", "pw");
        ImaasConfiguration.get().setGitCredentialsId("git");
        Folder folder = jenkins.createProject(Folder.class, "orders");
        folder.addProperty(new TenantProperty());
        try (TenantGit git = TenantGit.of(folder, GitHosts.any(), cache, new SystemClock())) {
            assertThat(git.isOutdated(folder)).isFalse();
            Vault.login(CredentialsScope.SYSTEM, "git", "bot", "pw");
            assertThat(git.isOutdated(folder))
                    .as("another kind, which has a user")
                    .isTrue();
            Vault.text(CredentialsScope.SYSTEM, "git", "another");
            assertThat(git.isOutdated(folder))
                    .as("the secret itself is looked up each time")
                    .isFalse();
            ImaasConfiguration.get().setGitCredentialsId("own");
            assertThat(git.isOutdated(folder)).isTrue();
        }
    }
}
