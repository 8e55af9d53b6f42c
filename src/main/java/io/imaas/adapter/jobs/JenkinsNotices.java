package io.imaas.adapter.jobs;

import io.imaas.adapter.web.BoundedHttp;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.port.CiServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * A Jenkins with the Git plugin: {@code git/notifyCommit} lets every job look that reads a repository by plain Git, however
 * its URL is written there. It starts no build of what it did not find new. Jobs that read GitHub, GitLab or Bitbucket by
 * a branch source of that server do not hear it.
 */
public final class JenkinsNotices implements CiServer {
    private static final Duration CALL = Duration.ofSeconds(15);
    private static final long LONGEST = 1 << 20;

    private final OkHttpClient client = BoundedHttp.client(CALL, LONGEST);
    private final HttpUrl url;
    private final Secret token;

    /** @param token one of <i>Manage Jenkins, Security, Git plugin notifyCommit access tokens</i> */
    public JenkinsNotices(URI jenkins, Secret token) {
        this.url = HttpUrl.get(jenkins)
                .newBuilder()
                .addPathSegments("git/notifyCommit")
                .build();
        this.token = token;
    }

    @Override
    public void changed(RepositoryUrl repository) {
        String where = url.host() + url.encodedPath();
        // In the body: addresses are written to logs.
        Request request = new Request.Builder()
                .url(url)
                .post(new FormBody.Builder()
                        .add("url", repository.value())
                        .add("token", token.reveal())
                        .build())
                .build();
        try (Response response = client.newCall(request).execute()) {
            int code = response.code();
            if (code == 401 || code == 403) {
                throw FailureException.input(
                        "Jenkins does not take our notices of pushes (HTTP " + code + ")",
                        where,
                        "export IMAAS_JENKINS_TOKEN=... with a token of Manage Jenkins > Security > "
                                + "Git plugin notifyCommit access tokens");
            }
            if (!response.isSuccessful()) {
                throw FailureException.external(
                        "Jenkins can't be told of a push: HTTP " + code, where, "see its log", (Duration) null);
            }
        } catch (IOException e) {
            throw FailureException.external(
                    "Jenkins can't be told of a push: " + Reason.of(e), where, "see whether it runs", (Duration) null);
        }
    }
}
