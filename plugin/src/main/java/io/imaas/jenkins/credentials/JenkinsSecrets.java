package io.imaas.jenkins.credentials;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.model.ItemGroup;
import hudson.model.Run;
import hudson.security.ACL;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.port.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * The credentials that a folder's jobs may use, by id. Asked for anew each time: tokens expire, and somebody may have
 * taken a credential away.
 */
public final class JenkinsSecrets implements Secrets {
    /** A kubeconfig of a hundred clusters; what is longer is none. */
    private static final int LONGEST_FILE = 1 << 20;

    /** The token of OpenID Connect with which images are signed; other CI systems use the same name. */
    public static final String SIGSTORE_TOKEN = "SIGSTORE_ID_TOKEN";

    private final ItemGroup<?> context;
    private final Set<String> reserved;
    private final Run<?, ?> build;

    public JenkinsSecrets(ItemGroup<?> context) {
        this(context, Set.of());
    }

    /**
     * @param reserved ids that administrators chose for this folder: those may also lie in Jenkins' own store with system
     *     scope, where no build can bind them
     */
    public JenkinsSecrets(ItemGroup<?> context, Set<String> reserved) {
        this(context, reserved, null);
    }

    private JenkinsSecrets(ItemGroup<?> context, Set<String> reserved, Run<?, ?> build) {
        this.context = context;
        this.reserved = Set.copyOf(reserved);
        this.build = build;
    }

    /** Those of Jenkins' own store, of every scope: no tenant's folder and no build has a part in them. */
    public static Optional<Secret> own(String id) {
        return own(id, null);
    }

    /** The same for one build: credentials that are made for each build, such as a token, name its job, and may be a file. */
    public static Optional<Secret> own(String id, Run<?, ?> build) {
        JenkinsSecrets secrets = new JenkinsSecrets(Jenkins.get(), Set.of(id), build);
        return build != null && secrets.credentials(id) instanceof FileCredentials file
                ? Optional.of(new Secret(content(file).strip()))
                : secrets.find(id);
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

    /** @throws FailureException INPUT when the id names no SSH key, or one with a passphrase */
    public Secret plainSshKey(String id) {
        StandardCredentials found = credentials(id);
        if (!(found instanceof SSHUserPrivateKey key)) {
            throw otherKind(id, "use an SSH user name with private key");
        }
        hudson.util.Secret passphrase = key.getPassphrase();
        if (passphrase != null && !passphrase.getPlainText().isEmpty()) {
            throw FailureException.input(
                    "a key with a passphrase can't sign",
                    id,
                    "use one without: Jenkins keeps it encrypted all the same");
        }
        return secretOf(key);
    }

    /** The content of a secret file; empty when the id names something else. */
    public Optional<Secret> file(String id) {
        return credentials(id) instanceof FileCredentials file
                ? Optional.of(new Secret(content(file)))
                : Optional.empty();
    }

    /** @throws FailureException INPUT when the id names no secret text */
    public Secret text(String id) {
        StandardCredentials found = credentials(id);
        if (found instanceof StringCredentials) {
            return secretOf(found);
        }
        throw otherKind(id, "use a secret text");
    }

    /** Whether there is such a credential here. */
    public boolean has(String id) {
        return lookUp(id).isPresent();
    }

    /** Whether there is such a credential here, of this scope. */
    public boolean isOfScope(String id, CredentialsScope scope) {
        return lookUp(id).filter(found -> found.getScope() == scope).isPresent();
    }

    private StandardCredentials credentials(String id) {
        return lookUp(id)
                .orElseThrow(() -> FailureException.input(
                        "there are no credentials '" + id + "' here",
                        context.getFullDisplayName().isEmpty() ? "Jenkins" : context.getFullDisplayName(),
                        "add them to this folder or to one above it, or correct the id in the configuration"));
    }

    private Optional<StandardCredentials> lookUp(String id) {
        return in(context, id)
                .or(() -> reserved.contains(id) ? in(Jenkins.get(), id) : Optional.empty())
                .map(this::ofBuild);
    }

    private static Optional<StandardCredentials> in(ItemGroup<?> context, String id) {
        return Optional.ofNullable(CredentialsMatchers.firstOrNull(
                CredentialsProvider.lookupCredentialsInItemGroup(
                        StandardCredentials.class, context, ACL.SYSTEM2, List.of()),
                CredentialsMatchers.withId(id)));
    }

    private StandardCredentials ofBuild(StandardCredentials found) {
        return build == null ? found : (StandardCredentials) found.forRun(build);
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
        throw otherKind(credentials.getId(), "use a user name with password, a secret text, or an SSH key");
    }

    private static String content(FileCredentials file) {
        try (InputStream in = file.getContent()) {
            return new String(in.readNBytes(LONGEST_FILE), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw FailureException.external("the secret file can't be read", file.getId(), "upload it again", e);
        }
    }

    private static FailureException otherKind(String id, String suggestion) {
        return FailureException.input("credentials of this kind can't be used here", id, suggestion);
    }
}
