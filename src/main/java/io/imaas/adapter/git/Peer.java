package io.imaas.adapter.git;

import io.imaas.model.source.GitHosts;
import java.util.Objects;
import org.eclipse.jgit.transport.URIish;

/** A server as JGit names it, held against the ones that may be spoken to. */
record Peer(URIish server) {
    /** @throws io.imaas.model.failure.FailureException POLICY when this server is not to be spoken to */
    void check(GitHosts hosts) {
        String user = Objects.requireNonNullElse(server.getUser(), "");
        hosts.check(scheme(), server.getPass() == null ? user : user + ":", host(), server.getPort(), server.getPath());
    }

    /** Whether a password or token may travel to the server. */
    boolean mayHaveCredentials(GitHosts hosts) {
        return hosts.mayCarryCredentials(scheme(), host(), server.getPort());
    }

    /** {@code a@b:c} has no scheme and is ssh; neither has a path. */
    private String scheme() {
        return server.getScheme() != null ? server.getScheme() : server.getHost() != null ? "ssh" : "file";
    }

    private String host() {
        return Objects.requireNonNullElse(server.getHost(), "");
    }
}
