package io.imaas.adapter.git;

import io.imaas.model.identity.Secret;
import io.imaas.port.Secrets;
import java.util.Optional;

/**
 * How to log in to a Git server. The secrets are asked for at every connection, because tokens expire.
 *
 * @param user for HTTP. GitHub and GitLab accept any name beside a token
 * @param password name of the secret with the password or token for HTTP; empty for none
 * @param sshKey name of the secret with an OpenSSH private key; empty for the keys and agent of this account
 */
public record GitAccess(Secrets secrets, String user, String password, String sshKey) {
    /** No credentials of our own: public repositories, files, and whatever SSH finds in this account. */
    public static GitAccess anonymous() {
        return new GitAccess(name -> Optional.empty(), "", "", "");
    }

    /** A token for HTTP under the given secret's name. */
    public static GitAccess token(Secrets secrets, String name) {
        return new GitAccess(secrets, "x-access-token", name, "");
    }

    Optional<Secret> passwordNow() {
        return password.isEmpty() ? Optional.empty() : secrets.find(password);
    }

    Optional<Secret> sshKeyNow() {
        return sshKey.isEmpty() ? Optional.empty() : secrets.find(sshKey);
    }
}
