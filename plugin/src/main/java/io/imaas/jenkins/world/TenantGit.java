package io.imaas.jenkins.world;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import hudson.model.ItemGroup;
import io.imaas.adapter.forge.http.ForgeLogin;
import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.git.GitSettings;
import io.imaas.jenkins.config.TenantCredentials;
import io.imaas.jenkins.credentials.JenkinsSecrets;
import io.imaas.jenkins.credentials.KnownLogins;
import io.imaas.jenkins.job.KeptFromBuilds;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.source.GitHosts;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.ServiceSettings.Channel;
import io.imaas.model.tenancy.ServiceSettings.Notification;
import io.imaas.port.Clock;
import io.imaas.port.GitRepository;
import io.imaas.port.OwnKey;
import java.nio.file.Path;
import java.util.Optional;
import jenkins.model.Jenkins;

/** Git and registry as one tenant: with the credentials that are kept for it, which its builds can't see. */
final class TenantGit implements AutoCloseable {
    private final ItemGroup<?> context;
    private final JenkinsSecrets secrets;
    private final TenantCredentials credentials;
    private final Login login;
    private final Committing committing;
    private final Path own;
    private final GitRepositories repositories;
    private final GitHosts hosts;

    /** What of a login is fixed once repositories are opened with it; its secret is looked up each time. */
    private record Login(boolean sshKey, String user) {}

    /** The id of the credential with the mail server's address; of system scope, no build can bind it. */
    private static final String MAIL_SERVER = "imaas-smtp";

    private TenantGit(ItemGroup<?> context, TenantCredentials credentials, GitHosts hosts, Path cache, Clock clock) {
        this.context = context;
        this.secrets = new JenkinsSecrets(context, credentials.reserved());
        this.credentials = credentials;
        this.hosts = hosts;
        this.login = login();
        this.committing = Committing.now();
        this.own = cache.resolve("own");
        this.repositories = new GitRepositories(
                committing.in(GitSettings.of(cache, access(), clock).speakingTo(hosts), own));
    }

    /**
     * @param folder the tenant's; null for the platform itself, or while the tenant has none
     * @param hosts the only servers to speak to
     * @throws FailureException POLICY when the folder's builds could take the orchestrator's place
     */
    static TenantGit of(AbstractFolder<?> folder, GitHosts hosts, Path cache, Clock clock) {
        if (folder != null) {
            KeptFromBuilds.require(folder);
        }
        return new TenantGit(
                folder == null ? Jenkins.get() : folder, TenantCredentials.of(folder), hosts, cache, clock);
    }

    /** As the platform itself, with credentials that are only tried. */
    static TenantGit with(String gitCredentials, Path cache, Clock clock) {
        return new TenantGit(Jenkins.get(), TenantCredentials.onlyGit(gitCredentials), GitHosts.any(), cache, clock);
    }

    /** Whether other credentials hold by now, or they are of another kind. */
    boolean isOutdated(AbstractFolder<?> folder) {
        try {
            return !credentials.equals(TenantCredentials.of(folder))
                    || !login.equals(login())
                    || !committing.equals(Committing.now());
        } catch (FailureException e) {
            // Whoever makes it anew is told what is wrong.
            return true;
        }
    }

    private Login login() {
        String id = credentials.writer();
        return secrets.isSshKey(id)
                ? new Login(true, "git")
                : new Login(false, secrets.user(id).orElse("x-access-token"));
    }

    private GitAccess access() {
        String id = credentials.writer();
        return new GitAccess(secrets, login.user(), login.sshKey() ? "" : id, login.sshKey() ? id : "");
    }

    /** The key that signs records. */
    OwnKey recordKey() {
        return committing.recordKey(own);
    }

    GitRepository at(RepositoryUrl url) {
        return repositories.at(url);
    }

    /** The login to Git servers' own pages, such as pull requests; an SSH key opens none. */
    Optional<ForgeLogin> forgeLogin() {
        return credentials.writer().isEmpty() || login.sshKey()
                ? Optional.empty()
                : Optional.of(new ForgeLogin(secrets, credentials.writer(), hosts));
    }

    /**
     * The secret behind a recipient: Slack's as it is configured, the mail server's by its fixed name, a webhook's by the
     * name that imaas.yaml gives. The last is a developer's word: it finds what the folder's builds could bind, and nothing that is reserved.
     */
    Secret addressOf(Notification recipient) {
        if (recipient.channel().isSecret()) {
            return new JenkinsSecrets(context).text(recipient.to());
        }
        if (recipient.channel() == Channel.MAIL) {
            return secrets.text(MAIL_SERVER);
        }
        if (credentials.slack().isEmpty()) {
            throw FailureException.input(
                    "no Slack credentials are configured", "name some in the tenant's folder, or for the platform");
        }
        return secrets.text(credentials.slack());
    }

    /** The tenant's own login for the registry of these images, and for no other: agents push with it. */
    KnownLogins pushLogin(ImageRepository images) {
        return login(images, credentials.registry());
    }

    /** With which the controller asks that registry: the tenant's login, else the platform's. */
    KnownLogins registryLogin(ImageRepository images) {
        return login(
                images, credentials.registry().isEmpty() ? credentials.platformRegistry() : credentials.registry());
    }

    private KnownLogins login(ImageRepository images, String id) {
        return secrets.user(id)
                .map(user ->
                        KnownLogins.of(images.registry(), user, secrets.find(id).orElseThrow()))
                .orElseGet(KnownLogins::none);
    }

    @Override
    public void close() {
        repositories.close();
    }
}
