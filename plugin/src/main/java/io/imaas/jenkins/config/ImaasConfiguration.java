package io.imaas.jenkins.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.imaas.jenkins.credentials.CredentialsChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import jenkins.model.GlobalConfiguration;
import jenkins.model.GlobalConfigurationCategory;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The platform that this controller serves: one page of the system configuration, {@code imaas} in JCasC. */
@Extension
@Symbol("imaas")
public final class ImaasConfiguration extends GlobalConfiguration {
    private static final Pattern COMMITTER = Pattern.compile("[^<>]*[^<>\\s]\\s*<[^<>\\s]+@[^<>\\s]+>");

    private String platformRepository = "";
    private String platformBranch = "main";
    private String gitCredentialsId = "";
    private String checkoutCredentialsId = "";
    private String registryCredentialsId = "";
    private String slackCredentialsId = "";
    private String tenantGitCredentials = "";
    private String tenantRegistryCredentials = "";
    private String tenantSlackCredentials = "";
    private String committer = "";
    private String signingCredentialsId = "";
    private String tenantsFolder = "";
    private String testServers = "";
    private BuildPods buildPods;
    private List<RolloutServer> servers = new ArrayList<>();

    @DataBoundConstructor
    public ImaasConfiguration() {
        load();
    }

    public static ImaasConfiguration get() {
        return ExtensionList.lookupSingleton(ImaasConfiguration.class);
    }

    @NonNull
    @Override
    public GlobalConfigurationCategory getCategory() {
        return GlobalConfigurationCategory.get(GlobalConfigurationCategory.Unclassified.class);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return "Integration platform";
    }

    /** URL of the repository with {@code platform.yaml} and {@code tenants/}. */
    public String getPlatformRepository() {
        return platformRepository;
    }

    @DataBoundSetter
    public void setPlatformRepository(String platformRepository) {
        this.platformRepository = trimmed(platformRepository);
        save();
    }

    /** The branch whose tip holds. */
    public String getPlatformBranch() {
        return platformBranch;
    }

    @DataBoundSetter
    public void setPlatformBranch(String platformBranch) {
        this.platformBranch = trimmed(platformBranch).isEmpty() ? "main" : trimmed(platformBranch);
        save();
    }

    /** Who the orchestrator is to Git servers: writes GitOps repositories; its scope is System, so that no build sees it. */
    public String getGitCredentialsId() {
        return gitCredentialsId;
    }

    @DataBoundSetter
    public void setGitCredentialsId(String gitCredentialsId) {
        this.gitCredentialsId = trimmed(gitCredentialsId);
        save();
    }

    /** With which Jenkins checks out tenants' repositories: it reads, and builds may see it. */
    public String getCheckoutCredentialsId() {
        return checkoutCredentialsId;
    }

    @DataBoundSetter
    public void setCheckoutCredentialsId(String checkoutCredentialsId) {
        this.checkoutCredentialsId = trimmed(checkoutCredentialsId);
        save();
    }

    /** With which the controller asks the platform's image registry; it never reaches an agent. */
    public String getRegistryCredentialsId() {
        return registryCredentialsId;
    }

    @DataBoundSetter
    public void setRegistryCredentialsId(String registryCredentialsId) {
        this.registryCredentialsId = trimmed(registryCredentialsId);
        save();
    }

    /** Secret text: the URL of an incoming webhook, or a bot's token, where a tenant's folder says nothing else. */
    public String getSlackCredentialsId() {
        return slackCredentialsId;
    }

    @DataBoundSetter
    public void setSlackCredentialsId(String slackCredentialsId) {
        this.slackCredentialsId = trimmed(slackCredentialsId);
        save();
    }

    /** How the writer of each tenant's repositories is called, with {@code {tenant}}; empty: one writes them all. */
    public String getTenantGitCredentials() {
        return tenantGitCredentials;
    }

    @DataBoundSetter
    public void setTenantGitCredentials(String tenantGitCredentials) {
        this.tenantGitCredentials = trimmed(tenantGitCredentials);
        save();
    }

    /** How each tenant's registry login is called, with {@code {tenant}}; empty: none is found by name. */
    public String getTenantRegistryCredentials() {
        return tenantRegistryCredentials;
    }

    @DataBoundSetter
    public void setTenantRegistryCredentials(String tenantRegistryCredentials) {
        this.tenantRegistryCredentials = trimmed(tenantRegistryCredentials);
        save();
    }

    /** The same for Slack. */
    public String getTenantSlackCredentials() {
        return tenantSlackCredentials;
    }

    @DataBoundSetter
    public void setTenantSlackCredentials(String tenantSlackCredentials) {
        this.tenantSlackCredentials = trimmed(tenantSlackCredentials);
        save();
    }

    /** The three names as rules. */
    public NamingRules namingRules() {
        return new NamingRules(tenantGitCredentials, tenantRegistryCredentials, tenantSlackCredentials);
    }

    /** Who commits, as {@code Name <address>}; empty: the orchestrator. */
    public String getCommitter() {
        return committer;
    }

    @DataBoundSetter
    public void setCommitter(String committer) {
        this.committer = trimmed(committer);
        save();
    }

    /** The SSH key that signs all commits and records; empty: one that Jenkins makes. */
    public String getSigningCredentialsId() {
        return signingCredentialsId;
    }

    @DataBoundSetter
    public void setSigningCredentialsId(String signingCredentialsId) {
        this.signingCredentialsId = trimmed(signingCredentialsId);
        save();
    }

    /** Full name of the folder that holds one folder a tenant; empty: the top. */
    public String getTenantsFolder() {
        return tenantsFolder;
    }

    @DataBoundSetter
    public void setTenantsFolder(String tenantsFolder) {
        this.tenantsFolder = trimmed(tenantsFolder);
        save();
    }

    /** {@code host:port} of MI unit-test servers as agents reach them, separated by white space; empty: none. */
    public String getTestServers() {
        return testServers;
    }

    @DataBoundSetter
    public void setTestServers(String testServers) {
        this.testServers = trimmed(testServers);
        save();
    }

    /** The pods of builds; null: those of the defaults. */
    public BuildPods getBuildPods() {
        return buildPods;
    }

    @DataBoundSetter
    public void setBuildPods(BuildPods buildPods) {
        this.buildPods = buildPods;
        save();
    }

    /** Where releases go live. The first that serves an environment is asked. */
    public List<RolloutServer> getServers() {
        return List.copyOf(servers);
    }

    @DataBoundSetter
    public void setServers(List<RolloutServer> servers) {
        this.servers = new ArrayList<>(servers == null ? List.of() : servers);
        save();
    }

    @Override
    public synchronized void save() {
        super.save();
        ConfigurationChange.announce();
    }

    @POST
    public ListBoxModel doFillGitCredentialsIdItems() {
        return CredentialsChoice.forGit(Jenkins.get(), gitCredentialsId);
    }

    @POST
    public ListBoxModel doFillCheckoutCredentialsIdItems() {
        return CredentialsChoice.forGit(Jenkins.get(), checkoutCredentialsId);
    }

    @POST
    public ListBoxModel doFillRegistryCredentialsIdItems() {
        return CredentialsChoice.forRegistry(Jenkins.get(), registryCredentialsId);
    }

    @POST
    public ListBoxModel doFillSlackCredentialsIdItems() {
        return CredentialsChoice.forToken(Jenkins.get(), slackCredentialsId);
    }

    @POST
    public ListBoxModel doFillSigningCredentialsIdItems() {
        return CredentialsChoice.forSshKey(Jenkins.get(), signingCredentialsId);
    }

    @POST
    public FormValidation doCheckCommitter(@QueryParameter String committer) {
        return trimmed(committer).isEmpty()
                        || COMMITTER.matcher(trimmed(committer)).matches()
                ? FormValidation.ok()
                : FormValidation.error("write it as in a commit: Name <name@example.org>");
    }

    @POST
    public FormValidation doCheckTenantGitCredentials(
            @QueryParameter String tenantGitCredentials,
            @QueryParameter String tenantRegistryCredentials,
            @QueryParameter String tenantSlackCredentials) {
        return new NamingRules(
                        trimmed(tenantGitCredentials),
                        trimmed(tenantRegistryCredentials),
                        trimmed(tenantSlackCredentials))
                .problem()
                .map(FormValidation::error)
                .orElseGet(FormValidation::ok);
    }

    @POST
    public FormValidation doTestPlatform(
            @QueryParameter String platformRepository,
            @QueryParameter String platformBranch,
            @QueryParameter String gitCredentialsId) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return ConnectionTest.get().ofPlatform(platformRepository, platformBranch, gitCredentialsId);
    }

    private static String trimmed(String text) {
        return Util.fixNull(text).trim();
    }
}
