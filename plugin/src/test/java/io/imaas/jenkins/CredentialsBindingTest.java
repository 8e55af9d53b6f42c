package io.imaas.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsScope;
import io.imaas.jenkins.config.ImaasConfiguration;
import io.imaas.jenkins.config.NamingRules;
import io.imaas.jenkins.config.TenantCredentials;
import io.imaas.jenkins.config.TenantProperty;
import io.imaas.jenkins.credentials.JenkinsSecrets;
import io.imaas.jenkins.job.JenkinsJobs;
import io.imaas.jenkins.world.PlatformWorld;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import java.nio.file.Path;
import java.util.List;
import jenkins.plugins.git.AbstractGitSCMSource;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Onboarding finds a tenant's own credentials by their names, and writes nothing but names. */
@WithJenkins
class CredentialsBindingTest {
    @TempDir
    private Path folder;

    private TestPlatform platform;

    @BeforeEach
    void begin() throws Exception {
        platform = TestPlatform.begin(folder);
    }

    @AfterEach
    void end() {
        platform.close();
    }

    private void configure() {
        platform.configure();
        ImaasConfiguration configuration = ImaasConfiguration.get();
        configuration.setTenantGitCredentials("imaas-{tenant}-git");
        configuration.setTenantRegistryCredentials("imaas-{tenant}-registry");
    }

    private static List<String> onboard() {
        Tenant orders = PlatformWorld.get().tenant(new TenantName("orders"));
        return new JenkinsJobs()
                .ensureFolder(orders).stream()
                        .filter(effect -> effect.type().equals("credentials"))
                        .map(CredentialsBindingTest::told)
                        .toList();
    }

    private static String told(Effect effect) {
        return effect.kind() + " " + effect.name() + " " + effect.detail();
    }

    private static Folder orders(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName("orders", Folder.class);
    }

    @Test
    void whatIsThereIsNamedAndWhatIsNotIsSaid(JenkinsRule jenkins) throws Exception {
        configure();
        Vault.text(CredentialsScope.SYSTEM, "imaas-orders-git", "s3cret");

        assertThat(onboard())
                .containsExactly(
                        "UPDATED orders Git now 'imaas-orders-git'",
                        "UNCHANGED orders registry there are no credentials 'imaas-orders-registry', so the platform's"
                                + " are used; add them and onboard again");
        assertThat(onboard()).allMatch(line -> line.startsWith("UNCHANGED"));

        Folder orders = orders(jenkins);
        TenantProperty property = orders.getProperties().get(TenantProperty.class);
        assertThat(property.getGitCredentialsId()).isEqualTo("imaas-orders-git");
        assertThat(property.getRegistryCredentialsId()).isEmpty();
        assertThat(orders.getConfigFile().asString())
                .contains("imaas-orders-git")
                .doesNotContain("s3cret");
    }

    @Test
    void whatAPersonNamedStays(JenkinsRule jenkins) throws Exception {
        configure();
        onboard();
        TenantProperty property = orders(jenkins).getProperties().get(TenantProperty.class);
        property.setGitCredentialsId("by-hand");
        Vault.text(CredentialsScope.SYSTEM, "imaas-orders-git", "s3cret");
        assertThat(onboard()).first().isEqualTo("UNCHANGED orders Git: by-hand ");
        assertThat(property.getGitCredentialsId()).isEqualTo("by-hand");
    }

    /** Of system scope, no build of anybody can bind them; and a folder's owner can't reach for another tenant's. */
    @Test
    void credentialsOfSystemScopeServeTheTenantThatTheyAreNamedFor(JenkinsRule jenkins) throws Exception {
        configure();
        Vault.text(CredentialsScope.SYSTEM, "imaas-orders-git", "s3cret");
        Vault.text(CredentialsScope.SYSTEM, "imaas-payments-git", "theirs");
        onboard();
        Folder orders = orders(jenkins);
        TenantCredentials held = TenantCredentials.of(orders);
        JenkinsSecrets secrets = new JenkinsSecrets(orders, held.reserved());
        assertThat(secrets.find(held.git()).orElseThrow().reveal()).isEqualTo("s3cret");

        orders.getProperties().get(TenantProperty.class).setGitCredentialsId("imaas-payments-git");
        TenantCredentials reaching = TenantCredentials.of(orders);
        assertThatThrownBy(() -> new JenkinsSecrets(orders, reaching.reserved()).find(reaching.git()))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("no credentials 'imaas-payments-git'");
        // As builds of the folder see it.
        assertThat(new JenkinsSecrets(orders).has("imaas-orders-git")).isFalse();
    }

    @Test
    void jobsCheckOutWithWhatTheirFolderMayUse(JenkinsRule jenkins) throws Exception {
        configure();
        ImaasConfiguration.get().setGitCredentialsId("imaas-git");
        Vault.text(CredentialsScope.GLOBAL, "imaas-git", "platform");
        Vault.text(CredentialsScope.SYSTEM, "imaas-orders-git", "s3cret");
        onboard();
        WorkflowMultiBranchProject job =
                jenkins.jenkins.getItemByFullName("orders/gitops", WorkflowMultiBranchProject.class);
        assertThat(((AbstractGitSCMSource) job.getSCMSources().get(0)).getCredentialsId())
                .isEqualTo("imaas-git");
    }

    @Test
    void rulesThatWouldMixTenantsUpAreRefused(JenkinsRule jenkins) throws Exception {
        configure();
        ImaasConfiguration.get().setTenantGitCredentials("imaas-{tenant}");
        assertThatThrownBy(CredentialsBindingTest::onboard).hasMessageContaining("can be the same id for two tenants");
    }

    @ParameterizedTest
    @CsvSource({
        "imaas-{tenant}-git, imaas-{tenant}-registry, true",
        "git-{tenant}, registry-{tenant}, true",
        "imaas-{tenant}, imaas-{tenant}, true",
        "imaas-{tenant}, imaas-{tenant}-registry, false",
        "{tenant}-git, imaas-{tenant}-git, false",
        "imaas-git, imaas-{tenant}-registry, false",
        "imaas-{tenant}-{tenant}, imaas-{tenant}-registry, false",
        "imaas-{name}-git, imaas-{tenant}-registry, false"
    })
    void rulesAreSoundWhenNoTwoTenantsCanMeet(String git, String registry, boolean sound) {
        assertThat(new NamingRules(git, registry, "").problem().isEmpty()).isEqualTo(sound);
    }
}
