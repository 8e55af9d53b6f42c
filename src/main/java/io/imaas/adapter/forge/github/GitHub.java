package io.imaas.adapter.forge.github;

import io.imaas.adapter.forge.http.ForgeHttp;
import io.imaas.adapter.forge.http.ForgeLogin;
import io.imaas.adapter.forge.http.Site;
import io.imaas.adapter.forge.pull.Forge;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.RepositoryPlace;
import io.imaas.port.PullRequests;
import io.imaas.port.RepositorySetup;
import java.time.Duration;
import java.util.Set;
import okhttp3.HttpUrl;

/** GitHub: github.com, companies' own places on ghe.com, and GitHub Enterprise Server. */
public final class GitHub implements Forge {
    /** {@code ssh.github.com} takes Git's SSH on port 443, where a firewall lets nothing else through. */
    private static final Set<String> PUBLIC = Set.of("github.com", "www.github.com", "ssh.github.com");

    private static final String ACCEPT = "application/vnd.github+json";
    /** GitHub asks for at least a second between writes. */
    private static final Duration BETWEEN_WRITES = Duration.ofSeconds(1);

    @Override
    public boolean isKnown(String host) {
        return PUBLIC.contains(host) || host.endsWith(".ghe.com");
    }

    @Override
    public boolean fits(Site site) {
        return site.ask("api/v3/meta").headers().get("X-GitHub-Request-Id") != null;
    }

    /** The address of a server's REST API. */
    static HttpUrl apiOf(HttpUrl root) {
        String host = root.host();
        if (PUBLIC.contains(host)) {
            return HttpUrl.get("https://api.github.com/");
        }
        return host.endsWith(".ghe.com") ? HttpUrl.get("https://api." + host + "/") : root.resolve("api/v3/");
    }

    @Override
    public PullRequests pullRequests(ForgeHttp http, ForgeLogin login, Site site, RepositoryPlace repository) {
        HttpUrl base = base(apiOf(site.root()), repository);
        return new GitHubPulls(
                http.api(HubApi.class, base, login, ACCEPT, BETWEEN_WRITES),
                http.api(GitHubApi.class, base, login, ACCEPT, BETWEEN_WRITES),
                ForgeHttp.answers("GitHub"),
                repository.path(),
                http.clock());
    }

    @Override
    public RepositorySetup setup(
            ForgeHttp http, ForgeLogin login, Site site, RepositoryPlace repository, boolean writes) {
        HttpUrl base = base(apiOf(site.root()), repository);
        return new GitHubSetup(
                http.api(HubApi.class, base, login, ACCEPT, BETWEEN_WRITES),
                http.api(GitHubApi.class, base, login, ACCEPT, BETWEEN_WRITES),
                repository.path(),
                site.root().resolve("settings/tokens"),
                writes);
    }

    /**
     * A repository's address below an API.
     *
     * @throws FailureException INPUT when the path is not an owner and a name
     */
    public static HttpUrl base(HttpUrl api, RepositoryPlace repository) {
        if (repository.path().split("/").length != 2) {
            throw FailureException.input(
                    "a repository on this server is an owner and a name",
                    repository.host() + "/" + repository.path(),
                    "for example https://" + repository.host() + "/acme/orders.git");
        }
        return api.newBuilder()
                .addPathSegments("repos/" + repository.path())
                .addPathSegment("")
                .build();
    }
}
