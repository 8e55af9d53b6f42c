package io.imaas.adapter.github;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.port.Secrets;

/** How to log in to GitHub. */
public sealed interface GitHubAccess {
    /** A personal or fine-grained token. */
    static GitHubAccess token(Secrets secrets, String name) {
        return new Token(secrets, name);
    }

    /**
     * An installation of a GitHub App.
     *
     * @param privateKey name of the secret with the app's private key in PEM form
     */
    static GitHubAccess app(Secrets secrets, String appId, long installation, String privateKey) {
        return new App(secrets, appId, installation, privateKey);
    }

    /** A token under a secret's name. */
    record Token(Secrets secrets, String name) implements GitHubAccess {
        Secret now() {
            return required(secrets, name);
        }
    }

    /** An app's key, with which tokens of an hour are asked for. */
    record App(Secrets secrets, String appId, long installation, String privateKey) implements GitHubAccess {
        Secret key() {
            return required(secrets, privateKey);
        }
    }

    private static Secret required(Secrets secrets, String name) {
        return secrets.find(name)
                .orElseThrow(() -> FailureException.input(
                        "there is no secret '" + name + "' to log in to GitHub", "", "add it under this name"));
    }
}
