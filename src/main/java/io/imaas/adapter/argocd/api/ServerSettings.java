package io.imaas.adapter.argocd.api;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import java.net.URI;

/**
 * Which Argo CD, and how to be let in.
 *
 * @param url with its path if Argo CD is not at the root
 * @param token null where none is given: then no call can be made
 * @param certificates PEM of the authorities to trust instead of the machine's own; empty for those
 */
public record ServerSettings(URI url, Secret token, String certificates) {
    public ServerSettings {
        if (url.getHost() == null || !("https".equals(url.getScheme()) || "http".equals(url.getScheme()))) {
            throw FailureException.input(
                    "'" + url + "' is not an Argo CD server", "write its URL, such as https://argocd.example.org");
        }
    }
}
