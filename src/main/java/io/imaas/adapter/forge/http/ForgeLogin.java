package io.imaas.adapter.forge.http;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.port.Secrets;

/**
 * How to log in to a Git server's API: with the token that Git itself uses there. It is asked for at every call, because
 * tokens expire.
 *
 * @param name of the secret
 */
public record ForgeLogin(Secrets secrets, String name) {
    Secret now(String host) {
        return secrets.find(name)
                .orElseThrow(() -> FailureException.input(
                        "there is no token to log in to " + host,
                        "",
                        "give one: $IMAAS_GIT_TOKEN on the command line, the Git credentials in Jenkins"));
    }
}
