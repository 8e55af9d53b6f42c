package io.imaas.model.source;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Spelling;
import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which Git servers are spoken to. Over https and ssh to the named hosts; over plain http to those alone that are named
 * with it, since whoever listens there sees every token.
 *
 * @param named hosts in lower case, such as {@code github.com}, {@code git.example.org:8443} or
 *     {@code http://127.0.0.1:3000}; empty: any host, and plain http to any host without credentials
 * @param folders whether repositories in folders of this machine may be used
 */
public record GitHosts(Set<String> named, boolean folders) implements Serializable {
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

    /** These hosts, and folders of this machine only where {@code file://} is named; none: any. */
    public static GitHosts only(Collection<String> hosts) {
        return hosts.isEmpty() ? any() : new GitHosts(Set.copyOf(hosts), hosts.contains("file://"));
    }

    /** @throws FailureException POLICY when the server of this repository is not to be spoken to */
    public void check(RepositoryUrl url) {
        RepositoryPlace place = RepositoryPlace.of(url);
        if (!url.value().contains("://")) {
            String before = url.value().substring(0, Math.max(0, url.value().indexOf('@')));
            check(place.host().isEmpty() ? "file" : "ssh", before, place.host(), -1, place.path());
            return;
        }
        try {
            URI uri = new URI(url.value());
            String user = uri.getUserInfo() == null ? "" : uri.getUserInfo();
            check(uri.getScheme(), user, place.host(), uri.getPort(), "/" + place.path());
        } catch (URISyntaxException unreadable) {
            throw refused(place.host(), "/" + place.path(), "this is not an address: " + unreadable.getReason());
        }
    }

    /**
     * Checks a server in its parts.
     *
     * @param user and what follows it; may be empty
     * @param host empty for a folder
     * @param port negative for the protocol's own
     * @throws FailureException POLICY when this server is not to be spoken to
     */
    public void check(String scheme, String user, String host, int port, String path) {
        String lower = scheme.toLowerCase(Locale.ROOT);
        String place = place(host, port);
        if (!user.isEmpty() && !user.equals("git")) {
            throw refused(place, path, "a URL names no user but git: what stands before the @ ends up in logs");
        }
        if (lower.equals("file")) {
            if (!folders) {
                throw refused(place, path, "a folder of this machine is not a repository of this platform");
            }
        } else if (lower.equals("http")) {
            if (!named.isEmpty() && !named.contains("http://" + place)) {
                throw FailureException.policy(
                        "plain http is not allowed for this host",
                        place + path,
                        "write https://" + place + path + "; a host without TLS is named as http://" + place
                                + " under 'gitHosts' in platform.yaml");
            }
        } else if (!ENCRYPTED.contains(lower)) {
            if (Spelling.nearest(lower, ENCRYPTED).isPresent()) {
                throw FailureException.unknown("'" + scheme + "' is not a protocol", place + path, scheme, ENCRYPTED);
            }
            throw refused(place, path, "only https and ssh may be used, not " + scheme);
        } else if (!named.isEmpty() && !named.contains(place) && !named.contains(host.toLowerCase(Locale.ROOT))) {
            throw FailureException.policy(
                    "this host is not among those that Git is used with: " + new TreeSet<>(named),
                    place + path,
                    "move the repository to one of them, or add '" + place + "' to 'gitHosts' in platform.yaml");
        }
    }

    /** Whether a password or token may travel to the server: over plain http only to hosts that are named so. */
    public boolean mayCarryCredentials(String scheme, String host, int port) {
        return ENCRYPTED.contains(scheme.toLowerCase(Locale.ROOT)) || named.contains("http://" + place(host, port));
    }

    private static FailureException refused(String place, String path, String why) {
        String fix = "write https://host/path.git or git@host:path.git, of a host that is named under 'gitHosts'";
        return FailureException.policy(why, place + path, fix);
    }

    private static String place(String host, int port) {
        return host.toLowerCase(Locale.ROOT) + (port < 0 ? "" : ":" + port);
    }
}
