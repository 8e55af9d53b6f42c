package io.imaas.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Sends web hooks as GitHub does, and asks the server. */
public final class Sender {
    public static final String SECRET = "a-secret-of-the-tests";
    private static final String PUSH = "{\"ref\":\"refs/heads/%s\",\"before\":\"" + "1".repeat(40) + "\",\"after\":\""
            + "2".repeat(40) + "\",\"repository\":{\"clone_url\":\"%s\"},\"sender\":{\"login\":\"ann\"}}";

    private final URI server;
    private final HttpClient client = HttpClient.newHttpClient();

    public Sender(URI server) {
        this.server = server;
    }

    public static String push(String repository, String branch) {
        return String.format(PUSH, branch, repository);
    }

    public static String signature(String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** One signed push, as GitHub sends it. */
    public HttpResponse<String> gitHub(String delivery, String body) {
        return post(
                "github",
                body,
                Map.of(
                        "X-GitHub-Event",
                        "push",
                        "X-GitHub-Delivery",
                        delivery,
                        "X-Hub-Signature-256",
                        "sha256=" + signature(body)));
    }

    /** One delivery with all that its kind of sender proves, whatever is in it. */
    public HttpResponse<String> signed(String kind, String delivery, String body, String contentType) {
        String signature = signature(body);
        return post(
                kind,
                body,
                Map.ofEntries(
                        Map.entry("Content-Type", contentType),
                        Map.entry("X-GitHub-Event", "push"),
                        Map.entry("X-GitHub-Delivery", delivery),
                        Map.entry("X-Hub-Signature-256", "sha256=" + signature),
                        Map.entry("X-Gitea-Event", "push"),
                        Map.entry("X-Gitea-Delivery", delivery),
                        Map.entry("X-Gitea-Signature", signature),
                        Map.entry("X-Gitlab-Event", "Push Hook"),
                        Map.entry("X-Gitlab-Event-UUID", delivery),
                        Map.entry("X-Gitlab-Token", SECRET),
                        Map.entry("X-Event-Key", "repo:refs_changed"),
                        Map.entry("X-Request-Id", delivery),
                        Map.entry("X-Hub-Signature", "sha256=" + signature),
                        Map.entry("X-Delivery-Id", delivery),
                        Map.entry("Authorization", "Bearer " + SECRET)));
    }

    public HttpResponse<String> post(String kind, String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve("/hooks/" + kind))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::setHeader);
        return send(request.build());
    }

    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(server.resolve(path)).build());
    }

    public HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
