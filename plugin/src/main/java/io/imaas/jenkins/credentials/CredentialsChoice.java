package io.imaas.jenkins.credentials;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.model.Item;
import hudson.model.ModelObject;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Ids to choose from in forms; who may not configure sees only what is chosen. */
public final class CredentialsChoice {
    private static final CredentialsMatcher GIT = CredentialsMatchers.anyOf(
            CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class),
            CredentialsMatchers.instanceOf(StringCredentials.class),
            CredentialsMatchers.instanceOf(SSHUserPrivateKey.class));
    private static final CredentialsMatcher REGISTRY =
            CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class);
    private static final CredentialsMatcher TOKEN = CredentialsMatchers.instanceOf(StringCredentials.class);

    private static final CredentialsMatcher SSH_KEY = CredentialsMatchers.instanceOf(SSHUserPrivateKey.class);
    private static final CredentialsMatcher CLUSTER = CredentialsMatchers.anyOf(
            CredentialsMatchers.instanceOf(FileCredentials.class),
            CredentialsMatchers.instanceOf(StringCredentials.class));

    private CredentialsChoice() {}

    public static ListBoxModel forGit(ModelObject context, String current) {
        return of(context, GIT, current);
    }

    public static ListBoxModel forRegistry(ModelObject context, String current) {
        return of(context, REGISTRY, current);
    }

    public static ListBoxModel forToken(ModelObject context, String current) {
        return of(context, TOKEN, current);
    }

    /** What signs commits. */
    public static ListBoxModel forSshKey(ModelObject context, String current) {
        return of(context, SSH_KEY, current);
    }

    /** A kubeconfig as a file, or a token. */
    public static ListBoxModel forCluster(ModelObject context, String current) {
        return of(context, CLUSTER, current);
    }

    private static ListBoxModel of(ModelObject context, CredentialsMatcher kind, String current) {
        StandardListBoxModel choice = new StandardListBoxModel();
        choice.includeEmptyValue();
        if (context instanceof Item item) {
            if (item.hasPermission(Item.CONFIGURE) && item.hasPermission(CredentialsProvider.USE_ITEM)) {
                choice.includeMatchingAs(ACL.SYSTEM2, item, StandardCredentials.class, List.of(), kind);
            }
        } else if (Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            choice.includeMatchingAs(ACL.SYSTEM2, Jenkins.get(), StandardCredentials.class, List.of(), kind);
        }
        return choice.includeCurrentValue(current);
    }
}
