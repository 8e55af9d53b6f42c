package io.imaas.adapter.forge;

import io.imaas.adapter.forge.bitbucket.Bitbucket;
import io.imaas.adapter.forge.gitea.Gitea;
import io.imaas.adapter.forge.github.GitHub;
import io.imaas.adapter.forge.gitlab.GitLab;
import io.imaas.adapter.forge.http.ForgeHttp;
import io.imaas.adapter.forge.http.ForgeLogin;
import io.imaas.adapter.forge.http.Site;
import io.imaas.adapter.forge.pull.Forge;
import io.imaas.model.source.RepositoryPlace;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.port.Clock;
import io.imaas.port.Measures;
import io.imaas.port.PullRequests;
import io.imaas.port.RepositorySetup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.HttpUrl;

/**
 * The Git servers of this process. A repository's URL is offered to each kind of server until one fits: first by the host's
 * name, then by what the server itself says. A folder, or a server that only speaks Git, fits none.
 */
public final class Forges implements AutoCloseable {
    private static final List<Forge> KINDS = List.of(new GitHub(), new GitLab(), new Bitbucket(), new Gitea());

    private final ForgeHttp http;
    private final Map<HttpUrl, Optional<Forge>> kinds = new ConcurrentHashMap<>();

    public Forges(Clock clock) {
        this(clock, Measures.NONE);
    }

    public Forges(Clock clock, Measures measures) {
        this.http = new ForgeHttp(clock, measures);
    }

    /** The pull requests of a repository; empty where its server has none. */
    public Optional<PullRequests> pullRequests(RepositoryUrl url, ForgeLogin login) {
        return site(url, login)
                .flatMap(site -> kind(site).map(kind -> kind.pullRequests(http, login, site, RepositoryPlace.of(url))));
    }

    /**
     * How a repository is set up; empty where its server has no API for that.
     *
     * @param writes false for a dry run, which only looks
     */
    public Optional<RepositorySetup> setup(RepositoryUrl url, ForgeLogin login, boolean writes) {
        return site(url, login).flatMap(site -> kind(site)
                .map(kind -> kind.setup(http, login, site, RepositoryPlace.of(url), writes)));
    }

    /** What a server was found to be holds for as long as this process; that it did not answer does not. */
    private Optional<Forge> kind(Site site) {
        return kinds.computeIfAbsent(site.root(), root -> KINDS.stream()
                .filter(kind -> kind.isKnown(root.host()))
                .findFirst()
                .or(() -> KINDS.stream().filter(kind -> kind.fits(site)).findFirst()));
    }

    /** A server's API is at its own address over https, whatever Git is spoken over; plain http stays plain http. */
    private Optional<Site> site(RepositoryUrl url, ForgeLogin login) {
        RepositoryPlace place = RepositoryPlace.of(url);
        boolean web = url.value().regionMatches(true, 0, "http", 0, "http".length());
        if (!place.kind().equals("net") && !place.kind().equals("http")) {
            return Optional.empty();
        }
        login.hosts().check(url);
        HttpUrl.Builder root = new HttpUrl.Builder()
                .scheme(place.kind().equals("http") ? "http" : "https")
                .host(place.host());
        if (web && place.port() > 0) {
            root.port(place.port());
        }
        return Optional.of(new Site(root.build(), http));
    }

    @Override
    public void close() {
        http.close();
    }
}
