package io.imaas.adapter.forge.gitea;

import io.imaas.adapter.forge.github.GitHub;
import io.imaas.adapter.forge.github.HubApi;
import io.imaas.adapter.forge.http.ForgeHttp;
import io.imaas.adapter.forge.http.ForgeLogin;
import io.imaas.adapter.forge.http.Site;
import io.imaas.adapter.forge.pull.Forge;
import io.imaas.model.source.RepositoryPlace;
import io.imaas.port.PullRequests;
import io.imaas.port.RepositorySetup;
import java.time.Duration;
import okhttp3.HttpUrl;

/** Gitea and Forgejo, which speak the same language. */
public final class Gitea implements Forge {
    private static final String ACCEPT = "application/json";

    @Override
    public boolean isKnown(String host) {
        return host.equals("gitea.com") || host.equals("codeberg.org");
    }

    /** A server that answers nobody without a login names the page of its API instead of its version. */
    @Override
    public boolean fits(Site site) {
        Site.Answer answer = site.ask("api/v1/version");
        return answer.body().path("version").isTextual()
                || answer.body().path("url").asText().endsWith("/api/swagger");
    }

    @Override
    public PullRequests pullRequests(ForgeHttp http, ForgeLogin login, Site site, RepositoryPlace repository) {
        HttpUrl base = base(site, repository);
        return new GiteaPulls(
                http.api(HubApi.class, base, login, ACCEPT, Duration.ZERO),
                http.api(GiteaApi.class, base, login, ACCEPT, Duration.ZERO),
                repository.path(),
                http.clock());
    }

    @Override
    public RepositorySetup setup(
            ForgeHttp http, ForgeLogin login, Site site, RepositoryPlace repository, boolean writes) {
        HttpUrl base = base(site, repository);
        return new GiteaSetup(
                http.api(HubApi.class, base, login, ACCEPT, Duration.ZERO),
                http.api(GiteaApi.class, base, login, ACCEPT, Duration.ZERO),
                repository.path(),
                site.root().resolve("user/settings/applications"),
                writes);
    }

    private static HttpUrl base(Site site, RepositoryPlace repository) {
        return GitHub.base(site.root().resolve("api/v1/"), repository);
    }
}
