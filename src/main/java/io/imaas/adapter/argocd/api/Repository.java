package io.imaas.adapter.argocd.api;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A repository that Argo CD may read, for one project only.
 *
 * @param type {@code git}
 * @param username null when it needs none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Repository(
        String repo, String type, String project, String username, String password, String sshPrivateKey) {
    /** Never with what is secret in it. */
    @Override
    public String toString() {
        return repo;
    }
}
