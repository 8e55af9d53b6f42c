package io.imaas.adapter.argocd.api;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import java.net.URI;
import java.util.Map;

/**
 * Which Argo CD, and how to be let in.
 *
 * @param url with its path if Argo CD is not at the root
 * @param token used where the project has none of its own; null when every project has one
 * @param projectTokens project role tokens by project: each lets us do only what that tenant may
 * @param certificates PEM of the authorities to trust instead of the machine's own; empty for those
 */
public record ServerSettings(URI url, Secret token, Map<String, Secret> projectTokens, String certificates) {
    public ServerSettings {
        projectTokens = Map.copyOf(projectTokens);
        if (url.getHost() == null || !("https".equals(url.getScheme()) || "http".equals(url.getScheme()))) {
            throw FailureException.input(
                    "'" + url + "' is not an Argo CD server", "write its URL, such as https://argocd.example.org");
        }
    }

    public static ServerSettings of(URI url, Secret token) {
        return new ServerSettings(url, token, Map.of(), "");
    }

    Secret tokenFor(String project) {
        Secret own = projectTokens.get(project);
        Secret found = own == null ? token : own;
        if (found == null) {
            throw FailureException.input(
                    "there is no Argo CD token for project " + project,
                    url.toString(),
                    "give one for the project's role, or one for all projects");
        }
        return found;
    }

    /** What one stream covers: the project where it has a token of its own, otherwise everything, which is empty. */
    public String scope(String project) {
        return projectTokens.containsKey(project) ? project : "";
    }
}
