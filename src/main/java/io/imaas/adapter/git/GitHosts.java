package io.imaas.adapter.git;

import io.imaas.model.failure.FailureException;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.transport.URIish;

/**
 * Which Git servers are spoken to. Over https and ssh to the named hosts; over plain http to those alone that are named
 * with it, since whoever listens there sees every token.
 *
 * @param named hosts in lower case, such as {@code github.com}, {@code git.example.org:8443} or
 *     {@code http://127.0.0.1:3000}; empty: any host, and plain http to any host without credentials
 * @param folders whether repositories in folders of this machine may be used
 */
public record GitHosts(Set<String> named, boolean folders) {
    private static final Set<String> ENCRYPTED = Set.of("https", "ssh", "git+ssh", "ssh+git");

    public GitHosts {
        Set<String> lower = new TreeSet<>();
        named.forEach(host -> lower.add(host.strip().toLowerCase(Locale.ROOT)));
        named = Set.copyOf(lower);
    }

    /** Any host, and folders: for a person who names the repository. */
    public static GitHosts any() {
        return new GitHosts(Set.of(), true);
    }

    /** These hosts, and no folder of this machine. */
    public static GitHosts only(Collection<String> hosts) {
        if (hosts.isEmpty()) {
            throw FailureException.input("no Git host is allowed", "gitHosts", "name one, for example github.com");
        }
        return new GitHosts(Set.copyOf(hosts), false);
    }

    /** @throws FailureException POLICY when this server is not to be spoken to */
    void check(URIish server) {
        String scheme = scheme(server);
        if (server.getPass() != null
                || (server.getUser() != null && !server.getUser().equals("git"))) {
            throw refused(server, "a URL names no user but git: what stands before the @ ends up in logs");
        }
        if (scheme.equals("file")) {
            if (!folders) {
                throw refused(server, "a folder of this machine is no repository of this platform");
            }
        } else if (scheme.equals("http")) {
            if (!named.isEmpty() && !named.contains("http://" + place(server))) {
                throw refused(server, "plain http is not allowed for this host");
            }
        } else if (!ENCRYPTED.contains(scheme)) {
            throw refused(server, "only https and ssh are spoken, not " + scheme);
        } else if (!named.isEmpty()
                && !named.contains(place(server))
                && !named.contains(server.getHost().toLowerCase(Locale.ROOT))) {
            throw refused(server, "this host is not among those that Git is used with: " + new TreeSet<>(named));
        }
    }

    /** Whether a password or token may travel to the server as plain text. */
    boolean mayCarryCredentials(URIish server) {
        return ENCRYPTED.contains(scheme(server)) || named.contains("http://" + place(server));
    }

    private static FailureException refused(URIish server, String why) {
        String fix = "write https://host/path.git or git@host:path.git, of a host that is named under 'gitHosts'";
        String where = server.getHost() == null ? server.getPath() : place(server) + server.getPath();
        return FailureException.policy(why, where, fix);
    }

    /** {@code a@b:c} has no scheme and is ssh; neither has a path. */
    private static String scheme(URIish server) {
        String scheme = server.getScheme();
        return scheme != null ? scheme.toLowerCase(Locale.ROOT) : server.getHost() != null ? "ssh" : "file";
    }

    private static String place(URIish server) {
        String host = server.getHost().toLowerCase(Locale.ROOT);
        return server.getPort() < 0 ? host : host + ":" + server.getPort();
    }
}
