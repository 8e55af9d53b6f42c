package io.imaas.jenkins.world;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import hudson.model.ItemGroup;
import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.git.GitSettings;
import io.imaas.adapter.github.GitHub;
import io.imaas.adapter.github.GitHubAccess;
import io.imaas.jenkins.config.ImaasConfiguration;
import io.imaas.jenkins.config.TenantProperty;
import io.imaas.jenkins.credentials.JenkinsSecrets;
import io.imaas.jenkins.credentials.KnownLogins;
import io.imaas.model.ImageRepository;
import io.imaas.model.RepositoryUrl;
import io.imaas.port.Clock;
import io.imaas.port.GitRepository;
import io.imaas.port.PullRequests;
import java.nio.file.Path;
import java.util.Optional;
import jenkins.model.Jenkins;

/** Git and registry as one tenant: with the credentials of its folder, else with the platform's. */
final class TenantGit implements AutoCloseable {
    private final JenkinsSecrets secrets;
    private final String gitCredentials;
    private final String registryCredentials;
    private final GitRepositories repositories;
    private final Clock clock;

    private TenantGit(
            ItemGroup<?> context, String gitCredentials, String registryCredentials, Path cache, Clock clock) {
        this.secrets = new JenkinsSecrets(context);
        this.gitCredentials = gitCredentials;
        this.registryCredentials = registryCredentials;
        this.repositories = new GitRepositories(GitSettings.of(cache, access(), clock));
        this.clock = clock;
    }

    /** @param folder the tenant's; null for the platform itself, or while the tenant has none */
    static TenantGit of(AbstractFolder<?> folder, Path cache, Clock clock) {
        ImaasConfiguration platform = ImaasConfiguration.get();
        TenantProperty own = folder == null ? null : folder.getProperties().get(TenantProperty.class);
        String git = own == null || own.getGitCredentialsId().isEmpty()
                ? platform.getGitCredentialsId()
                : own.getGitCredentialsId();
        String registry = own == null || own.getRegistryCredentialsId().isEmpty()
                ? platform.getRegistryCredentialsId()
                : own.getRegistryCredentialsId();
        return new TenantGit(folder == null ? Jenkins.get() : folder, git, registry, cache, clock);
    }

    /** As the platform itself, with credentials that are only tried. */
    static TenantGit with(String gitCredentials, Path cache, Clock clock) {
        return new TenantGit(Jenkins.get(), gitCredentials, "", cache, clock);
    }

    private GitAccess access() {
        if (secrets.isSshKey(gitCredentials)) {
            return new GitAccess(secrets, "git", "", gitCredentials);
        }
        return new GitAccess(secrets, secrets.user(gitCredentials).orElse("x-access-token"), gitCredentials, "");
    }

    GitRepository at(RepositoryUrl url) {
        return repositories.at(url);
    }

    /** GitHub's, and those of servers that speak like it; a folder or a plain server has none. */
    Optional<PullRequests> pullRequests(RepositoryUrl url) {
        if (!url.value().startsWith("https://") || gitCredentials.isEmpty()) {
            return Optional.empty();
        }
        GitHubAccess access = GitHubAccess.token(secrets, gitCredentials);
        return Optional.of(new GitHub(GitHub.apiOf(url), access, clock).pullRequests(url));
    }

    /** The login for the registry of these images, and for no other. */
    KnownLogins registryLogin(ImageRepository images) {
        return secrets.user(registryCredentials)
                .map(user -> KnownLogins.of(
                        images.registry(),
                        user,
                        secrets.find(registryCredentials).orElseThrow()))
                .orElseGet(KnownLogins::none);
    }

    @Override
    public void close() {
        repositories.close();
    }
}
