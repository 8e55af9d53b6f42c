package io.imaas.adapter.harbor;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.imaas.adapter.web.Answers;
import io.imaas.adapter.web.BoundedHttp;
import io.imaas.model.failure.FailureException;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.tenancy.RegistryPolicy;
import io.imaas.port.RegistryLogins.Login;
import io.imaas.port.RegistrySpaces;
import io.imaas.port.Secrets;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import retrofit2.Retrofit;
import retrofit2.converter.jackson.JacksonConverterFactory;

/** {@link RegistrySpaces} on Harbor: a private project for each tenant. */
public final class HarborSpaces implements RegistrySpaces, AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(30);
    /** Bytes of an answer; a hundred robots are well below. */
    private static final long LARGEST_ANSWER = 4L << 20;

    private static final Pattern LOOPBACK = Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d+)?");

    private final Secrets secrets;
    private final boolean writes;
    private final boolean adopts;
    private final OkHttpClient client = BoundedHttp.client(ANSWER, LARGEST_ANSWER);

    /**
     * @param writes whether what differs is written, or only told
     * @param adopts whether a project that says nothing of its owner is taken over
     */
    public HarborSpaces(Secrets secrets, boolean writes, boolean adopts) {
        this.secrets = secrets;
        this.writes = writes;
        this.adopts = adopts;
    }

    @Override
    public Optional<Space> find(RegistryPolicy policy, ImageRepository images, String owner) {
        if (!policy.isHarbor()) {
            return Optional.empty();
        }
        Answers answers = new Answers(
                "Harbor",
                Map.of(
                        401,
                                "give the secret " + policy.credential()
                                        + " the value user:password of an administrator or of a robot account of the system",
                        403,
                                "give it under Administration > Robot Accounts, or take an administrator's login for "
                                        + policy.credential(),
                        0, "check section 'onboarding.registry' of platform.yaml"));
        HarborProject project =
                new HarborProject(api(policy, images.registry()), answers, images, owner, writes, adopts);
        return Optional.of(new HarborSpace(project, policy));
    }

    private HarborApi api(RegistryPolicy policy, String registry) {
        Login login = secrets.find(policy.credential())
                .flatMap(Login::of)
                .orElseThrow(() -> FailureException.input(
                        "there is no login for Harbor at " + registry,
                        "$" + policy.credential(),
                        "give the secret " + policy.credential() + " the value user:password"));
        String header = Credentials.basic(login.user(), login.password().reveal(), StandardCharsets.UTF_8);
        OkHttpClient authorized = client.newBuilder()
                .addInterceptor(chain -> chain.proceed(chain.request()
                        .newBuilder()
                        .header("Authorization", header)
                        .build()))
                .build();
        String scheme = LOOPBACK.matcher(registry).matches() ? "http" : "https";
        return new Retrofit.Builder()
                .client(authorized)
                .baseUrl(HttpUrl.get(scheme + "://" + registry + "/api/v2.0/"))
                .addConverterFactory(JacksonConverterFactory.create(JsonMapper.builder()
                        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .build()))
                .build()
                .create(HarborApi.class);
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
