package io.imaas.adapter.forge.bitbucket;

import io.imaas.adapter.forge.http.ForgeHttp;
import io.imaas.adapter.forge.http.ForgeLogin;
import io.imaas.adapter.forge.http.Site;
import io.imaas.adapter.forge.pull.Forge;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.RepositoryPlace;
import io.imaas.port.PullRequests;
import io.imaas.port.RepositorySetup;
import java.time.Duration;
import okhttp3.HttpUrl;

/** Bitbucket Data Center, which companies run themselves. */
public final class Bitbucket implements Forge {
    @Override
    public boolean fits(Site site) {
        return site.ask("rest/api/latest/application-properties")
                .body()
                .path("displayName")
                .asText()
                .equals("Bitbucket");
    }

    @Override
    public PullRequests pullRequests(ForgeHttp http, ForgeLogin login, Site site, RepositoryPlace repository) {
        String[] where = projectAndSlug(repository);
        String place = "projects/" + where[0] + "/repos/" + where[1];
        return new BitbucketPulls(
                api(http, login, site, where),
                String.join("/", where),
                site.root() + place,
                site.root() + "rest/insights/latest/" + place + "/",
                http.clock());
    }

    @Override
    public RepositorySetup setup(
            ForgeHttp http, ForgeLogin login, Site site, RepositoryPlace repository, boolean writes) {
        String[] where = projectAndSlug(repository);
        return new BitbucketSetup(
                api(http, login, site, where),
                where[0],
                where[1],
                site.root().resolve("plugins/servlet/access-tokens/manage"),
                writes);
    }

    private static BitbucketApi api(ForgeHttp http, ForgeLogin login, Site site, String[] where) {
        HttpUrl base = site.root()
                .newBuilder()
                .addPathSegments("rest/api/latest/projects")
                .addPathSegment(where[0])
                .addPathSegment("repos")
                .addPathSegment(where[1])
                .addPathSegment("")
                .build();
        return http.api(BitbucketApi.class, base, login, "application/json", Duration.ZERO);
    }

    /** Over https the path begins with {@code scm/}, over ssh it does not. */
    private static String[] projectAndSlug(RepositoryPlace repository) {
        String[] parts = repository.path().replaceFirst("^scm/", "").split("/");
        if (parts.length != 2) {
            throw FailureException.input(
                    "a repository on this server is a project and a name",
                    repository.host() + "/" + repository.path(),
                    "for example https://" + repository.host() + "/scm/ACME/orders.git");
        }
        return parts;
    }
}
