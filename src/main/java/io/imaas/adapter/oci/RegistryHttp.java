package io.imaas.adapter.oci;

import io.imaas.model.failure.FailureException;
import io.imaas.model.image.ImageRepository;
import io.imaas.port.RegistryLogins;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Requests of the distribution specification, with the authorization that a registry asks for. */
final class RegistryHttp {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    // Redirects are followed here: the client would take our credentials along to the other host.
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Authorizations authorizations;

    RegistryHttp(RegistryLogins credentials) {
        this.authorizations = new Authorizations(credentials, client);
    }

    /**
     * One request below {@code /v2/}.
     *
     * @param path after the repository's path, such as {@code /manifests/1.0}
     */
    record Call(
            ImageRepository repository, String method, String path, Map<String, String> headers, BodyPublisher body) {
        static Call of(ImageRepository repository, String method, String path) {
            return new Call(repository, method, path, Map.of(), HttpRequest.BodyPublishers.noBody());
        }

        URI uri() {
            return path.startsWith("/v2/") || path.isEmpty()
                    ? RegistryAddress.of(repository).resolve(path)
                    : RegistryAddress.of(repository).resolve("/v2/" + RegistryAddress.path(repository) + path);
        }

        /** Where an answer sends us on the same host, as path and query; empty when it does not. */
        Optional<String> sameHost(HttpResponse<byte[]> answer) {
            return answer.headers().firstValue("Location").flatMap(this::sameHost);
        }

        /** The same of what else names another place. */
        Optional<String> sameHost(String reference) {
            return Optional.of(URI.create(reference))
                    .map(uri()::resolve)
                    .filter(next -> next.getRawAuthority().equals(uri().getRawAuthority()))
                    .map(next -> next.getRawPath() + (next.getRawQuery() == null ? "" : "?" + next.getRawQuery()))
                    .filter(path -> path.startsWith("/v2/"));
        }

        boolean writes() {
            return !method.equals("GET") && !method.equals("HEAD");
        }
    }

    /** @return the answer to a request that was let in, whatever its status other than 401 */
    HttpResponse<byte[]> send(Call call) {
        Optional<String> known = authorizations.known(call);
        HttpResponse<byte[]> answer = send(call, call.uri(), known);
        if (answer.statusCode() == 401) {
            Optional<String> granted = authorizations.ask(
                    call, answer.headers().firstValue("WWW-Authenticate").orElse(""));
            if (granted.isPresent()) {
                answer = send(call, call.uri(), granted);
            }
        }
        if (answer.statusCode() == 401) {
            throw refusal(call, answer);
        }
        return redirected(call, answer);
    }

    /** What an answer that should have been a success means. */
    FailureException refusal(Call call, HttpResponse<byte[]> answer) {
        return RegistryRefusals.of(
                answer.statusCode(),
                call.repository().toString(),
                authorizations.hasLogin(call.repository()),
                answer.headers().firstValue("Retry-After").orElse(null),
                new String(answer.body(), StandardCharsets.UTF_8));
    }

    private HttpResponse<byte[]> redirected(Call call, HttpResponse<byte[]> answer) {
        Optional<String> location = answer.headers().firstValue("Location");
        boolean moved = answer.statusCode() == 307 || answer.statusCode() == 302 || answer.statusCode() == 303;
        if (!moved || location.isEmpty() || call.writes()) {
            return answer;
        }
        URI target = call.uri().resolve(location.get());
        return send(call, target, Optional.empty());
    }

    private HttpResponse<byte[]> send(Call call, URI uri, Optional<String> authorization) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(ANSWER).method(call.method(), call.body());
        call.headers().forEach(request::header);
        authorization.ifPresent(value -> request.header("Authorization", value));
        return exchange(client, request.build(), call.repository().toString());
    }

    /** One deadline for the whole of it: the client's own ends with the headers. */
    static HttpResponse<byte[]> exchange(HttpClient client, HttpRequest request, String where) {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, headers -> new BoundedBody());
        try {
            return answer.get(ANSWER.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw RegistryRefusals.of(e.getCause() instanceof IOException why ? why : new IOException(e), where);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw RegistryRefusals.of(new IOException("no whole answer within " + ANSWER.toSeconds() + " s", e), where);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw FailureException.external("interrupted while asking the registry", where, "run it again", e);
        }
    }
}
