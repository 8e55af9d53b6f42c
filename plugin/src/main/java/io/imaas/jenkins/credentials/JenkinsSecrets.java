package io.imaas.jenkins.credentials;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.model.ItemGroup;
import hudson.security.ACL;
import io.imaas.model.FailureException;
import io.imaas.model.Secret;
import io.imaas.port.Secrets;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * The credentials that a folder's jobs may use, by id. Asked for anew each time: tokens expire, and somebody may have
 * taken a credential away.
 */
public final class JenkinsSecrets implements Secrets {
    private final ItemGroup<?> context;

    public JenkinsSecrets(ItemGroup<?> context) {
        this.context = context;
    }

    /** @throws FailureException INPUT when an id is given and there is no such credential here */
    @Override
    public Optional<Secret> find(String id) {
        return id.isEmpty() ? Optional.empty() : Optional.of(secretOf(credentials(id)));
    }

    /** The user name that belongs to a secret; empty when it has none. */
    public Optional<String> user(String id) {
        return !id.isEmpty() && credentials(id) instanceof StandardUsernamePasswordCredentials pair
                ? Optional.of(pair.getUsername())
                : Optional.empty();
    }

    /** Whether the id names an SSH key. */
    public boolean isSshKey(String id) {
        return !id.isEmpty() && credentials(id) instanceof SSHUserPrivateKey;
    }

    private StandardCredentials credentials(String id) {
        StandardCredentials found = CredentialsMatchers.firstOrNull(
                CredentialsProvider.lookupCredentialsInItemGroup(
                        StandardCredentials.class, context, ACL.SYSTEM2, List.of()),
                CredentialsMatchers.withId(id));
        if (found == null) {
            throw FailureException.input(
                    "there are no credentials '" + id + "' here",
                    context.getFullDisplayName().isEmpty() ? "Jenkins" : context.getFullDisplayName(),
                    "add them to this folder or to one above it, or correct the id in the configuration");
        }
        return found;
    }

    private static Secret secretOf(StandardCredentials credentials) {
        if (credentials instanceof StandardUsernamePasswordCredentials pair) {
            return new Secret(pair.getPassword().getPlainText());
        }
        if (credentials instanceof StringCredentials text) {
            return new Secret(text.getSecret().getPlainText());
        }
        if (credentials instanceof SSHUserPrivateKey key) {
            return new Secret(String.join("\n", key.getPrivateKeys()));
        }
        throw FailureException.input(
                "credentials of this kind can't be used here",
                credentials.getId(),
                "use a user name with password, a secret text, or an SSH key");
    }
}
