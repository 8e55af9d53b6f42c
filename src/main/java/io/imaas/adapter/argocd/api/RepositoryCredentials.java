package io.imaas.adapter.argocd.api;

import com.fasterxml.jackson.annotation.JsonInclude;

/** Credentials for all repositories whose URL begins with this one. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RepositoryCredentials(String url, String type, String username, String password, String sshPrivateKey) {
    /** Never with what is secret in it. */
    @Override
    public String toString() {
        return url;
    }
}
