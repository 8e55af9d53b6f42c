package io.imaas.jenkins;

import com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey;
import com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey.DirectEntryPrivateKeySource;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Descriptor;
import hudson.util.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;

/** The controller's own store of credentials, as an administrator fills it; what has the same id is replaced. */
public final class Vault {
    private Vault() {}

    public static void text(CredentialsScope scope, String id, String text) throws IOException {
        put(id, new StringCredentialsImpl(scope, id, "", Secret.fromString(text)));
    }

    public static void file(String id, String text) throws IOException {
        SecretBytes bytes = SecretBytes.fromBytes(text.getBytes(StandardCharsets.UTF_8));
        put(id, new FileCredentialsImpl(CredentialsScope.SYSTEM, id, "", id, bytes));
    }

    public static void login(CredentialsScope scope, String id, String user, String password)
            throws IOException, Descriptor.FormException {
        put(id, new UsernamePasswordCredentialsImpl(scope, id, "", user, password));
    }

    public static void remove(String id) throws IOException {
        SystemCredentialsProvider store = SystemCredentialsProvider.getInstance();
        store.getCredentials()
                .removeIf(one ->
                        one instanceof IdCredentials known && known.getId().equals(id));
        store.save();
    }

    /** @param key an OpenSSH private key without passphrase */
    public static void sshKey(String id, String key) throws IOException {
        put(
                id,
                new BasicSSHUserPrivateKey(
                        CredentialsScope.SYSTEM, id, "git", new DirectEntryPrivateKeySource(key), "", ""));
    }

    static void put(String id, Credentials credentials) throws IOException {
        remove(id);
        SystemCredentialsProvider store = SystemCredentialsProvider.getInstance();
        store.getCredentials().add(credentials);
        store.save();
    }
}
