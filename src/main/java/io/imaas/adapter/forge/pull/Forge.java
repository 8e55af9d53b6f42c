package io.imaas.adapter.forge.pull;

import io.imaas.adapter.forge.http.ForgeHttp;
import io.imaas.adapter.forge.http.ForgeLogin;
import io.imaas.adapter.forge.http.Site;
import io.imaas.model.source.RepositoryPlace;
import io.imaas.port.PullRequests;
import io.imaas.port.RepositorySetup;

/** One kind of Git server, such as GitLab: which servers are of this kind, and how to speak to them. */
public interface Forge {
    /** Whether the host's name alone tells. */
    default boolean isKnown(String host) {
        return false;
    }

    /** Whether a server that is asked says that it is of this kind. */
    boolean fits(Site site);

    PullRequests pullRequests(ForgeHttp http, ForgeLogin login, Site site, RepositoryPlace repository);

    /** @param writes false for a dry run, which only looks */
    RepositorySetup setup(ForgeHttp http, ForgeLogin login, Site site, RepositoryPlace repository, boolean writes);
}
