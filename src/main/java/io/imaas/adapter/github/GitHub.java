package io.imaas.adapter.github;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.port.Clock;
import io.imaas.port.PullRequests;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import retrofit2.Retrofit;
import retrofit2.converter.jackson.JacksonConverterFactory;

/** One login to a GitHub server. Make one and share it: rate limits are counted by login. */
public final class GitHub {
    private static final Pattern ADDRESS =
            Pattern.compile("(?:https?://|ssh://)?(?:[^/@]+@)?([^/:]+)(?::[0-9]+)?[/:]([^/]+)/([^/]+?)(?:\\.git)?/?");

    private final GitHubApi api;

    /**
     * @param base of the API: {@code https://api.github.com/}, or {@code https://HOST/api/v3/} of a server of one's own
     */
    public GitHub(String base, GitHubAccess access, Clock clock) {
        HttpUrl url = HttpUrl.get(base.endsWith("/") ? base : base + "/");
        OkHttpClient plain = new OkHttpClient.Builder()
                .callTimeout(Duration.ofMinutes(1))
                .addInterceptor(new Courtesy(clock))
                .build();
        Tokens tokens = new Tokens(access, url, plain, clock);
        OkHttpClient client = plain.newBuilder()
                .addInterceptor(new Etags())
                .addInterceptor(chain -> authorized(chain, tokens))
                .build();
        ObjectMapper mapper = new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
        this.api = new Retrofit.Builder()
                .baseUrl(url)
                .client(client)
                .addConverterFactory(JacksonConverterFactory.create(mapper))
                .build()
                .create(GitHubApi.class);
    }

    /** The API of the server that a repository lies on. */
    public static String apiOf(RepositoryUrl repository) {
        String host = address(repository).group(1);
        return host.equals("github.com") ? "https://api.github.com/" : "https://" + host + "/api/v3/";
    }

    /** The pull requests of a repository. */
    public PullRequests pullRequests(RepositoryUrl repository) {
        Matcher address = address(repository);
        return new GitHubPullRequests(api, address.group(2), address.group(3));
    }

    private static Response authorized(Interceptor.Chain chain, Tokens tokens) throws IOException {
        Response response = chain.proceed(chain.request()
                .newBuilder()
                .header("Accept", "application/vnd.github+json")
                .header("X-GitHub-Api-Version", "2022-11-28")
                .header("User-Agent", "imaas-orchestrator")
                .header("Authorization", "Bearer " + tokens.now().reveal())
                .build());
        if (response.code() == 401) {
            tokens.refused();
        }
        return response;
    }

    private static Matcher address(RepositoryUrl repository) {
        Matcher address = ADDRESS.matcher(repository.value());
        if (!address.matches()) {
            throw FailureException.input(
                    "this is no repository on a GitHub server",
                    repository.value(),
                    "for example https://github.com/acme/orders.git");
        }
        return address;
    }
}
