package io.imaas.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.jenkins.config.ArgoCdServer;
import io.imaas.jenkins.config.ImaasConfiguration;
import io.imaas.jenkins.config.KubernetesServer;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.misc.ConfiguredWithCode;
import io.jenkins.plugins.casc.misc.JenkinsConfiguredWithCodeRule;
import io.jenkins.plugins.casc.misc.junit.jupiter.WithJenkinsConfiguredWithCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The configuration as one file, there and back. */
@WithJenkinsConfiguredWithCode
class ConfigurationAsCodeTest {
    @Test
    @ConfiguredWithCode("jenkins.yaml")
    void theDocumentedFileIsRead(JenkinsConfiguredWithCodeRule jenkins) throws Exception {
        ImaasConfiguration configuration = ImaasConfiguration.get();
        assertThat(configuration.getPlatformRepository()).isEqualTo("https://github.com/acme/imaas-platform.git");
        assertThat(configuration.getTenantsFolder()).isEqualTo("tenants");
        assertThat(configuration.getServers()).hasSize(2);
        ArgoCdServer argo = (ArgoCdServer) configuration.getServers().get(0);
        assertThat(argo.getUrl()).isEqualTo("https://argocd.acme.example");
        assertThat(argo.getEnvironments()).isEqualTo("test prod");
        assertThat(argo.getClusterCredentialsId()).isEqualTo("imaas-prod-cluster");
        assertThat(argo.getClusterApiServer()).isEqualTo("https://cluster.acme.example:6443");
        assertThat(argo.getProbe().getCredentialsId()).isEqualTo("imaas-mi");
        KubernetesServer kubernetes =
                (KubernetesServer) configuration.getServers().get(1);
        assertThat(kubernetes.getClusterCredentialsId()).isEqualTo("imaas-dev-kubeconfig");
        assertThat(kubernetes.getProbe()).isNull();
        assertThat(configuration.getCommitter()).isEqualTo("Acme CI <ci@acme.example>");
        assertThat(configuration.getSigningCredentialsId()).isEqualTo("imaas-signing");
        assertThat(configuration.getSlackCredentialsId()).isEqualTo("imaas-slack");
        assertThat(configuration.namingRules().idsFor("orders"))
                .containsExactlyInAnyOrder("imaas-orders-git", "imaas-orders-registry");

        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(exported);
        assertThat(exported.toString(StandardCharsets.UTF_8))
                .contains("platformRepository: \"https://github.com/acme/imaas-platform.git\"")
                .contains("- argoCd:")
                .contains("- kubernetesCluster:")
                .contains("tenantGitCredentials: \"imaas-{tenant}-git\"")
                .contains("credentialsId: \"imaas-mi\"");
    }

    @Test
    void theFileIsTheOneOfTheDocumentation() throws IOException {
        String documentation = Files.readString(Path.of("../docs/jenkins.md"));
        String file = Files.readString(Path.of("src/test/resources/io/imaas/jenkins/jenkins.yaml"));
        assertThat(documentation).contains("```yaml\n" + file + "```\n");
    }
}
