package io.imaas.adapter.forge.gitlab;

import io.imaas.adapter.forge.http.ForgeHttp;
import io.imaas.adapter.forge.http.ForgeLogin;
import io.imaas.adapter.forge.http.Site;
import io.imaas.adapter.forge.pull.Forge;
import io.imaas.model.source.RepositoryPlace;
import io.imaas.port.PullRequests;
import io.imaas.port.RepositorySetup;
import java.time.Duration;
import okhttp3.HttpUrl;

/** GitLab, gitlab.com and servers of one's own. */
public final class GitLab implements Forge {
    @Override
    public boolean isKnown(String host) {
        return host.equals("gitlab.com");
    }

    /** The API says so in a header, even to those that it answers 401. */
    @Override
    public boolean fits(Site site) {
        return site.ask("api/v4/version").headers().get("X-Gitlab-Meta") != null;
    }

    @Override
    public PullRequests pullRequests(ForgeHttp http, ForgeLogin login, Site site, RepositoryPlace repository) {
        return new GitLabPulls(api(http, login, site, repository), repository.path(), http.clock());
    }

    @Override
    public RepositorySetup setup(
            ForgeHttp http, ForgeLogin login, Site site, RepositoryPlace repository, boolean writes) {
        String self = base(site, repository).toString().replaceFirst("/$", "");
        return new GitLabSetup(
                api(http, login, site, repository),
                repository.path(),
                self,
                site.root().resolve("-/user_settings/personal_access_tokens"),
                writes);
    }

    private static GitLabApi api(ForgeHttp http, ForgeLogin login, Site site, RepositoryPlace repository) {
        return http.api(GitLabApi.class, base(site, repository), login, "application/json", Duration.ZERO);
    }

    /** A project's id may be its whole path, groups and all, as one segment. */
    private static HttpUrl base(Site site, RepositoryPlace repository) {
        return site.root()
                .newBuilder()
                .addPathSegments("api/v4/projects")
                .addPathSegment(repository.path())
                .addPathSegment("")
                .build();
    }
}
