package io.imaas.adapter.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.model.failure.FailureException;
import io.imaas.port.RegistryLogins.Login;
import io.imaas.port.Secrets;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import retrofit2.Retrofit;
import retrofit2.converter.jackson.JacksonConverterFactory;

/** REST APIs of servers that know us by user and password, which a secret holds. */
public final class LoginApi implements AutoCloseable {
    /** Fields that a newer server adds are passed over. */
    public static final ObjectMapper JSON = BoundedJson.mapper();

    private static final Duration ANSWER = Duration.ofSeconds(30);
    /** Bytes of an answer; a page of a hundred entries is well below. */
    private static final long LARGEST_ANSWER = 4L << 20;

    private final Secrets secrets;
    private final OkHttpClient client = BoundedHttp.client(ANSWER, LARGEST_ANSWER);

    public LoginApi(Secrets secrets) {
        this.secrets = secrets;
    }

    /**
     * @param base of all paths, with a slash at its end
     * @param server for people, such as {@code Harbor at registry.example.org}
     * @param credential name of the secret
     * @throws FailureException INPUT when there is no such login
     */
    public <T> T at(Class<T> type, String base, String server, String credential) {
        Login login = secrets.find(credential)
                .flatMap(Login::of)
                .orElseThrow(() -> FailureException.input(
                        "there is no login for " + server,
                        "$" + credential,
                        "give the secret " + credential + " the value user:password"));
        String header = Credentials.basic(login.user(), login.password().reveal(), StandardCharsets.UTF_8);
        OkHttpClient authorized = client.newBuilder()
                .addInterceptor(chain -> chain.proceed(chain.request()
                        .newBuilder()
                        .header("Authorization", header)
                        .build()))
                .build();
        return new Retrofit.Builder()
                .client(authorized)
                .baseUrl(HttpUrl.get(base))
                .addConverterFactory(JacksonConverterFactory.create(JSON))
                .build()
                .create(type);
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
