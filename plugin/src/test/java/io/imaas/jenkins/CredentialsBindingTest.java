package io.imaas.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsScope;
import io.imaas.jenkins.config.ArgoCdServer;
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
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

/** Onboarding finds a tenant's own credentials by their names, and writes nothing but names. */
@SharedJenkins
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

    private void configure() throws Exception {
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
        Vault.login(CredentialsScope.SYSTEM, "imaas-orders-registry", "orders", "s3cret");

        assertThat(onboard())
                .containsExactly(
                        "UNCHANGED orders Git: imaas-orders-git ",
                        "UPDATED orders registry now 'imaas-orders-registry'");
        assertThat(onboard()).allMatch(line -> line.startsWith("UNCHANGED"));

        Folder orders = orders(jenkins);
        assertThat(orders.getProperties().get(TenantProperty.class).getRegistryCredentialsId())
                .isEqualTo("imaas-orders-registry");
        assertThat(orders.getConfigFile().asString()).doesNotContain("s3cret");
    }

    /** A tenant without credentials of its own never acts with the platform's. */
    @Test
    void thePlatformsNeverStandInForWhatIsMissing(JenkinsRule jenkins) throws Exception {
        configure();
        ImaasConfiguration.get().setGitCredentialsId("platform-git");
        ImaasConfiguration.get().setRegistryCredentialsId("platform-registry");
        Vault.text(CredentialsScope.SYSTEM, "platform-git", "s3cret");
        Vault.login(CredentialsScope.SYSTEM, "platform-registry", "platform", "s3cret");

        assertThat(onboard())
                .containsExactly(
                        "UNCHANGED orders Git there are no credentials 'imaas-orders-git'; until you add them, nothing"
                                + " is written to the tenant's repository",
                        "UNCHANGED orders registry there are no credentials 'imaas-orders-registry'; until you add"
                                + " them, builds push without a login");
        TenantCredentials held = TenantCredentials.of(orders(jenkins));
        assertThat(held.writer()).isEmpty();
        assertThat(held.registry()).isEmpty();
    }

    @Test
    void whatAPersonNamedStays(JenkinsRule jenkins) throws Exception {
        configure();
        onboard();
        TenantProperty property = orders(jenkins).getProperties().get(TenantProperty.class);
        property.setRegistryCredentialsId("by-hand");
        Vault.login(CredentialsScope.SYSTEM, "imaas-orders-registry", "orders", "s3cret");
        assertThat(onboard()).last().isEqualTo("UNCHANGED orders registry: by-hand ");
        assertThat(property.getRegistryCredentialsId()).isEqualTo("by-hand");
    }

    /** Of system scope, no build of anybody can bind them; and a folder's owner can't reach for another tenant's. */
    @Test
    void credentialsOfSystemScopeServeTheTenantThatTheyAreNamedFor(JenkinsRule jenkins) throws Exception {
        configure();
        Vault.login(CredentialsScope.SYSTEM, "imaas-orders-registry", "orders", "s3cret");
        Vault.login(CredentialsScope.SYSTEM, "imaas-payments-registry", "payments", "theirs");
        onboard();
        Folder orders = orders(jenkins);
        TenantCredentials held = TenantCredentials.of(orders);
        JenkinsSecrets secrets = new JenkinsSecrets(orders, held.reserved());
        assertThat(secrets.find(held.registry()).orElseThrow().reveal()).isEqualTo("s3cret");

        orders.getProperties().get(TenantProperty.class).setRegistryCredentialsId("imaas-payments-registry");
        TenantCredentials reaching = TenantCredentials.of(orders);
        assertThatThrownBy(() -> new JenkinsSecrets(orders, reaching.reserved()).find(reaching.registry()))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("no credentials 'imaas-payments-registry'");
        // As builds of the folder see it.
        assertThat(new JenkinsSecrets(orders).has("imaas-orders-registry")).isFalse();
    }

    /** Whoever can bind what writes GitOps repositories can put anything in front of the cluster. */
    @ParameterizedTest
    @ValueSource(strings = {"imaas-orders-git", "platform-git", "platform-registry", "signing", "argo"})
    void whatIsTheOrchestratorsAloneMustBeOutOfReachOfBuilds(String id, JenkinsRule jenkins) throws Exception {
        configure();
        Tenant orders = PlatformWorld.get().tenant(new TenantName("orders"));
        ImaasConfiguration configuration = ImaasConfiguration.get();
        configuration.setGitCredentialsId("platform-git");
        configuration.setRegistryCredentialsId("platform-registry");
        configuration.setSigningCredentialsId("signing");
        configuration.setServers(List.of(new ArgoCdServer("https://argocd.acme.example", "argo")));
        Vault.text(CredentialsScope.GLOBAL, id, "s3cret");

        assertThatThrownBy(() -> new JenkinsJobs().ensureFolder(orders))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("orchestrator's alone: " + id)
                .hasMessageContaining("scope System");
        Vault.text(CredentialsScope.SYSTEM, id, "s3cret");
        assertThat(new JenkinsJobs().ensureFolder(orders)).isNotEmpty();
        // The new jobs look at their branches; a folder that is written to can't be deleted.
        jenkins.waitUntilNoActivity();
    }

    @Test
    void jobsCheckOutWithWhatTheirFolderMayUse(JenkinsRule jenkins) throws Exception {
        configure();
        ImaasConfiguration.get().setCheckoutCredentialsId("imaas-reader");
        Vault.text(CredentialsScope.GLOBAL, "imaas-reader", "reads");
        Vault.text(CredentialsScope.SYSTEM, "imaas-orders-git", "s3cret");
        onboard();
        WorkflowMultiBranchProject job =
                jenkins.jenkins.getItemByFullName("orders/gitops", WorkflowMultiBranchProject.class);
        assertThat(((AbstractGitSCMSource) job.getSCMSources().get(0)).getCredentialsId())
                .isEqualTo("imaas-reader");
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
