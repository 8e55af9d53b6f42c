package io.imaas.adapter.management;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.imaas.adapter.web.BoundedJson;
import io.imaas.model.failure.Reason;
import io.imaas.model.identity.PemCertificates;
import io.imaas.model.source.MiRuntime;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLException;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;

/**
 * The exchanges: {@code GET /management/login} with a password gives a token, which every other resource wants
 * (mi.docs.wso2.com, "Using the Management API").
 */
final class ManagementApi implements AutoCloseable {
    /** A list of a few thousand CARs; what is longer is none. */
    private static final long LONGEST = 1 << 20;

    /** Each pod knows only the tokens that it gave itself, and a service may hand each call to another pod. */
    private static final int LOGINS = 3;

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{1,16384}");

    private final ManagementAccess access;
    private final OkHttpClient client;
    private final Map<URI, String> tokens = new ConcurrentHashMap<>();

    ManagementApi(ManagementAccess access) {
        this.access = access;
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .connectTimeout(access.connect())
                .readTimeout(access.call())
                .callTimeout(access.call())
                // A redirect would carry the password to somebody else.
                .followRedirects(false)
                .followSslRedirects(false);
        // A certificate is always checked, for a password goes over the wire; what can be chosen is against what.
        if (!access.certificates().isEmpty()) {
            PemCertificates trusted = PemCertificates.parse(access.certificates(), "the management API");
            builder.sslSocketFactory(trusted.sockets(), trusted.trustManager());
        }
        if (!access.hostName().isEmpty()) {
            HostnameVerifier usual = new OkHttpClient().hostnameVerifier();
            builder.hostnameVerifier((host, session) -> usual.verify(access.hostName(), session));
        }
        this.client = builder.build();
    }

    /** The runtime's own list of what it loaded. */
    LoadedCars applications(URI url) throws Refusal {
        for (int login = 0; login <= LOGINS; login++) {
            String token = tokens.get(url);
            if (token == null) {
                token = login(url);
                tokens.put(url, token);
            }
            Answer answer = get(url, MiRuntime.MANAGEMENT_PATH + "/applications", "Bearer " + token);
            if (answer.code() == 200) {
                return LoadedCars.parse(answer.body(), named(url));
            }
            tokens.remove(url, token);
            if (answer.code() != 401) {
                throw refused(url, answer);
            }
        }
        throw Refusal.notYet(named(url) + " takes none of the tokens that it gives");
    }

    private String login(URI url) throws Refusal {
        String password = access.password().reveal();
        Answer answer = get(
                url,
                MiRuntime.MANAGEMENT_PATH + "/login",
                Credentials.basic(access.user(), password, StandardCharsets.UTF_8));
        if (answer.code() == 401) {
            throw Refusal.denied(named(url) + " refuses user '" + access.user() + "' or the password");
        }
        if (answer.code() != 200) {
            throw refused(url, answer);
        }
        try {
            String token = BoundedJson.mapper()
                    .readTree(answer.body())
                    .path("AccessToken")
                    .asText("");
            if (TOKEN.matcher(token).matches()) {
                return token;
            }
        } catch (JsonProcessingException e) {
            throw Refusal.notYet(named(url) + " does not answer the login with JSON");
        }
        throw Refusal.notYet(named(url) + " answers the login without a token");
    }

    private static Refusal refused(URI url, Answer answer) {
        String what = named(url) + " answers with HTTP " + answer.code();
        return answer.code() == 403 ? Refusal.denied(what) : Refusal.notYet(what);
    }

    private record Answer(int code, String body) {}

    private Answer get(URI url, String path, String authorization) throws Refusal {
        Request request = new Request.Builder()
                .url(url + path)
                .header("Authorization", authorization)
                .header("Accept", "application/json")
                .build();
        try (Response response = client.newCall(request).execute()) {
            return new Answer(response.code(), body(response, url));
        } catch (Refusal refusal) {
            throw refusal;
        } catch (SSLException e) {
            throw Refusal.notYet(named(url) + ": no secure connection: " + Reason.of(e));
        } catch (InterruptedIOException e) {
            throw Refusal.notYet(named(url) + " does not answer in time");
        } catch (IOException e) {
            throw Refusal.notYet(named(url) + " can't be reached: " + Reason.of(e));
        }
    }

    private static String body(Response response, URI url) throws IOException {
        if (response.body() == null) {
            return "";
        }
        BufferedSource source = response.body().source();
        if (source.request(LONGEST + 1)) {
            throw Refusal.notYet(named(url) + " answers with more than " + LONGEST + " bytes");
        }
        Buffer all = source.getBuffer();
        return all.readString(StandardCharsets.UTF_8);
    }

    private static String named(URI url) {
        return "the management API at " + url;
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
