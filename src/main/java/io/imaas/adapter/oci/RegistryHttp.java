package io.imaas.adapter.oci;

import io.imaas.adapter.web.BoundedHttp;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.image.ImageRepository;
import io.imaas.port.RegistryLogins;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import okhttp3.Challenge;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Requests of the distribution specification, with the authorization that a registry asks for. */
final class RegistryHttp {
    /** Bytes: charts and bills of materials have a few million; the layers of images are read elsewhere. */
    static final int LONGEST = 32 << 20;

    private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;\\s*rel=\"?next\"?");
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    /** How long what only reads is asked again; who is silent for longer is asked once. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    /** Redirects are followed here: the client would take our credentials along to the other host. */
    private final OkHttpClient client = BoundedHttp.client(ANSWER, LONGEST)
            .newBuilder()
            .protocols(List.of(Protocol.HTTP_1_1))
            .connectTimeout(CONNECT)
            .build();

    private final Authorizations authorizations;

    /** Since when a registry fails that was given up, by {@link System#nanoTime}: who has many questions does not wait with each. */
    private final Map<String, Long> gone = new ConcurrentHashMap<>();

    RegistryHttp(RegistryLogins credentials) {
        this.authorizations = new Authorizations(credentials, this);
    }

    /**
     * One request below {@code /v2/}.
     *
     * @param path after the repository's path, such as {@code /manifests/1.0}
     * @param body null where none goes along
     */
    @SuppressWarnings("ArrayRecordComponent") // a body is one of bytes; calls are never compared
    record Call(ImageRepository repository, String method, String path, Map<String, String> headers, byte[] body) {
        static Call of(ImageRepository repository, String method, String path) {
            return new Call(repository, method, path, Map.of(), method.equals("POST") ? new byte[0] : null);
        }

        static Call put(ImageRepository repository, String path, String mediaType, byte[] content) {
            return new Call(repository, "PUT", path, Map.of("Content-Type", mediaType), content);
        }

        URI uri() {
            return path.startsWith("/v2/") || path.isEmpty()
                    ? RegistryAddress.of(repository).resolve(path)
                    : RegistryAddress.of(repository).resolve("/v2/" + RegistryAddress.path(repository) + path);
        }

        /** Where an answer sends us on the same host, as path and query; empty when it does not. */
        Optional<String> sameHost(Answer answer) {
            return answer.header("Location").flatMap(this::sameHost);
        }

        /** The same of what else names another place. */
        Optional<String> sameHost(String reference) {
            HttpUrl here = HttpUrl.get(uri().toString());
            return Optional.ofNullable(here.resolve(reference))
                    .filter(next -> next.host().equals(here.host()) && next.port() == here.port())
                    .map(next -> next.encodedPath() + (next.query() == null ? "" : "?" + next.encodedQuery()))
                    .filter(path -> path.startsWith("/v2/"));
        }

        /** The next page of a list, as the distribution specification has it; empty where there is none. */
        Optional<Call> next(Answer answer) {
            return answer.header("Link")
                    .map(NEXT::matcher)
                    .filter(Matcher::find)
                    .flatMap(link -> sameHost(link.group(1)))
                    .map(page -> of(repository, "GET", page));
        }

        boolean writes() {
            return !method.equals("GET") && !method.equals("HEAD");
        }
    }

    /**
     * What came back, in memory.
     *
     * @param challenges what a registry that wants a login says about it
     */
    @SuppressWarnings("ArrayRecordComponent") // as above
    record Answer(int status, Headers headers, List<Challenge> challenges, byte[] body) {
        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }
    }

    /**
     * What only reads is asked again while a registry, or what stands before it, fails for a moment.
     *
     * @param expected statuses; none: whatever it answers
     * @throws FailureException what another status means
     */
    Answer send(Call call, int... expected) {
        String registry = call.repository().registry();
        long begin = Math.min(System.nanoTime(), gone.getOrDefault(registry, Long.MAX_VALUE));
        for (Duration pause = FIRST_PAUSE; ; pause = pause.multipliedBy(2)) {
            try {
                Answer answer = once(call, expected);
                gone.remove(registry);
                return answer;
            } catch (FailureException failed) {
                Duration asked =
                        Optional.ofNullable(failed.failure().retryAfter()).orElse(pause);
                pause = asked.compareTo(pause) > 0 ? asked : pause;
                if (call.writes()
                        || failed.failure().kind() != FailureKind.EXTERNAL
                        || System.nanoTime() - begin + pause.toNanos() > PATIENCE.toNanos()
                        || !slept(pause)) {
                    if (failed.failure().kind() == FailureKind.EXTERNAL) {
                        gone.putIfAbsent(registry, begin);
                    }
                    throw failed;
                }
            }
        }
    }

    private static boolean slept(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
            return true;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Answer once(Call call, int... expected) {
        HttpUrl url = HttpUrl.get(call.uri().toString());
        Answer answer = exchange(call, url, authorizations.known(call));
        if (answer.status() == 401) {
            Optional<String> granted = authorizations.ask(call, answer.challenges());
            if (granted.isPresent()) {
                answer = exchange(call, url, granted);
            }
        }
        Optional<HttpUrl> moved = answer.header("Location").map(url::resolve);
        if (List.of(302, 303, 307).contains(answer.status()) && moved.isPresent() && !call.writes()) {
            answer = exchange(call, moved.get(), Optional.empty());
        }
        int status = answer.status();
        if (expected.length > 0 && IntStream.of(expected).noneMatch(one -> one == status)) {
            throw refusal(call, answer);
        }
        return answer;
    }

    /** Whether calls of this kind were asked for a login, and gave one. */
    boolean loggedIn(Call call) {
        return authorizations.known(call).isPresent();
    }

    /** What an answer that should have been a success means. */
    FailureException refusal(Call call, Answer answer) {
        return RegistryRefusals.of(
                answer.status(),
                call.repository().toString(),
                authorizations.hasLogin(call.repository()),
                answer.header("Retry-After").orElse(null),
                new String(answer.body(), StandardCharsets.UTF_8));
    }

    private Answer exchange(Call call, HttpUrl url, Optional<String> authorization) {
        Request.Builder request = new Request.Builder()
                .url(url)
                .method(call.method(), call.body() == null ? null : RequestBody.create(call.body()));
        call.headers().forEach(request::header);
        authorization.ifPresent(value -> request.header("Authorization", value));
        return exchange(request.build(), call.repository().toString());
    }

    /** One deadline for the whole of it. An answer that is longer than anything that a registry has for us is given up. */
    Answer exchange(Request request, String where) {
        try (Response response = client.newCall(request).execute()) {
            return new Answer(
                    response.code(),
                    response.headers(),
                    response.challenges(),
                    response.body().bytes());
        } catch (BoundedHttp.TooLong e) {
            throw FailureException.input(
                    "the registry's answer is longer than " + LONGEST + " bytes",
                    where,
                    "remove what was attached there that is that large");
        } catch (IOException e) {
            throw RegistryRefusals.of(e, where);
        }
    }
}
