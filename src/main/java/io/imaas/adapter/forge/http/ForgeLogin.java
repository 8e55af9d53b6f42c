package io.imaas.adapter.forge.http;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.GitHosts;
import io.imaas.port.Secrets;
import okhttp3.HttpUrl;

/**
 * How to log in to a Git server's API: with the token that Git itself uses there. It is asked for at every call, because
 * tokens expire.
 *
 * @param name of the secret
 * @param hosts the only ones whose repositories are asked about
 */
public record ForgeLogin(Secrets secrets, String name, GitHosts hosts) {
    Secret now(HttpUrl url) {
        if (!hosts.mayCarryCredentials(url.scheme(), url.host(), port(url))) {
            throw FailureException.policy(
                    "no token is sent over plain http",
                    url.host(),
                    "use https, or allow this host with its 'http://' among the Git hosts");
        }
        return secrets.find(name)
                .orElseThrow(() -> FailureException.input(
                        "there is no token to log in to " + url.host(),
                        "give one: $IMAAS_GIT_TOKEN on the command line, the Git credentials in Jenkins"));
    }

    private static int port(HttpUrl url) {
        return url.port() == HttpUrl.defaultPort(url.scheme()) ? -1 : url.port();
    }
}
