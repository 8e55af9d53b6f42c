package io.imaas.dev.layout;

import io.imaas.model.image.Digest;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.protocol.HttpContext;
import org.apache.http.protocol.HttpRequestHandler;

/** The routes of the OCI distribution specification 1.1 that pushing, pulling and listing tags need. */
final class DistributionEndpoint implements HttpRequestHandler {
    private static final String NAME =
            "([a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*)";
    private static final Pattern RANGE = Pattern.compile("(?:bytes )?(\\d+)-(\\d+)(?:/.*)?");

    private final ImageLayout layout;
    private final LayoutIndex index;
    private final Manifests manifests;
    private final Uploads uploads;
    private final List<Route> routes;

    DistributionEndpoint(ImageLayout layout, LayoutIndex index, Uploads uploads) {
        this.layout = layout;
        this.index = index;
        this.manifests = new Manifests(layout, index);
        this.uploads = uploads;
        this.routes = List.of(
                new Route("/v2/?", (exchange, parts) -> exchange.json(200, Map.of())),
                new Route("/v2/" + NAME + "/blobs/uploads/?", (exchange, parts) -> begin(exchange, parts.group(1))),
                new Route(
                        "/v2/" + NAME + "/blobs/uploads/([^/]+)",
                        (exchange, parts) -> upload(exchange, parts.group(1), parts.group(2))),
                new Route(
                        "/v2/" + NAME + "/blobs/([^/]+)",
                        (exchange, parts) -> blob(exchange, Manifests.digest(parts.group(2)))),
                new Route(
                        "/v2/" + NAME + "/manifests/([^/]+)",
                        (exchange, parts) -> manifest(exchange, parts.group(1), parts.group(2))),
                new Route(
                        "/v2/" + NAME + "/referrers/([^/]+)",
                        (exchange, parts) -> referrers(exchange, parts.group(1), parts.group(2))),
                new Route("/v2/" + NAME + "/tags/list", (exchange, parts) -> tags(exchange, parts.group(1))));
    }

    private record Route(Pattern path, Handler handler) {
        Route(String path, Handler handler) {
            this(Pattern.compile(path), handler);
        }
    }

    @FunctionalInterface
    private interface Handler {
        void handle(Exchange exchange, MatchResult parts) throws IOException;
    }

    @Override
    public void handle(HttpRequest request, HttpResponse response, HttpContext context) throws IOException {
        Exchange exchange = new Exchange(request, response).with("Docker-Distribution-API-Version", "registry/2.0");
        try {
            route(exchange);
        } catch (RegistryError refused) {
            exchange.error(refused);
        } catch (FileSystemException e) {
            exchange.error(RegistryError.noRoom(e));
        }
    }

    private void route(Exchange exchange) throws IOException {
        for (Route route : routes) {
            Matcher parts = route.path().matcher(exchange.path());
            if (parts.matches()) {
                route.handler().handle(exchange, parts);
                return;
            }
        }
        throw new RegistryError(404, "NAME_INVALID", "nothing is served at " + exchange.path());
    }

    private void begin(Exchange exchange, String name) throws IOException {
        only(exchange, "POST");
        String mount = exchange.query("mount");
        // the blobs of a layout are common to all its repositories, so what is there is mounted already
        if (!mount.isEmpty() && layout.has(Manifests.digest(mount))) {
            created(exchange, name, "blobs", Manifests.digest(mount));
            return;
        }
        String digest = exchange.query("digest");
        String id = uploads.begin();
        if (digest.isEmpty()) {
            progress(exchange, name, id, 202);
            return;
        }
        uploads.append(id, -1, exchange.body());
        uploads.finish(id, Manifests.digest(digest));
        created(exchange, name, "blobs", Manifests.digest(digest));
    }

    private void upload(Exchange exchange, String name, String id) throws IOException {
        switch (exchange.method()) {
            case "GET" -> progress(exchange, name, id, 204);
            case "PATCH" -> {
                try {
                    uploads.append(id, start(exchange), exchange.body());
                    progress(exchange, name, id, 202);
                } catch (RegistryError wrongPlace) {
                    if (wrongPlace.status() != 416) {
                        throw wrongPlace;
                    }
                    progress(exchange, name, id, 416);
                }
            }
            case "PUT" -> {
                Digest digest = Manifests.digest(exchange.query("digest"));
                uploads.append(id, start(exchange), exchange.body());
                uploads.finish(id, digest);
                created(exchange, name, "blobs", digest);
            }
            case "DELETE" -> {
                uploads.cancel(id);
                exchange.empty(204);
            }
            default -> only(exchange, "GET, PATCH, PUT, DELETE");
        }
    }

    private void blob(Exchange exchange, Digest digest) throws IOException {
        only(exchange, "GET", "HEAD");
        if (!layout.has(digest)) {
            throw new RegistryError(404, "BLOB_UNKNOWN", "no blob " + digest);
        }
        exchange.with("Docker-Content-Digest", digest.value()).file("application/octet-stream", layout.blob(digest));
    }

    private void manifest(Exchange exchange, String name, String reference) throws IOException {
        only(exchange, "GET", "HEAD", "PUT");
        if (exchange.method().equals("PUT")) {
            String type = exchange.header("Content-Type");
            Digest digest = manifests.put(name, reference, type, exchange.body().readAllBytes());
            manifests.subject(digest).ifPresent(subject -> exchange.with("OCI-Subject", subject));
            created(exchange, name, "manifests", digest);
            return;
        }
        LayoutIndex.Entry found = manifests.get(name, reference);
        exchange.with("Docker-Content-Digest", found.digest().value())
                .file(found.mediaType(), layout.blob(found.digest()));
    }

    private void referrers(Exchange exchange, String name, String subject) throws IOException {
        only(exchange, "GET");
        exchange.json(
                200, "application/vnd.oci.image.index.v1+json", manifests.referrers(name, Manifests.digest(subject)));
    }

    private void tags(Exchange exchange, String name) throws IOException {
        only(exchange, "GET");
        if (!index.knows(name)) {
            throw new RegistryError(404, "NAME_UNKNOWN", "no repository " + name);
        }
        String last = exchange.query("last");
        List<String> tags =
                index.tags(name).stream().filter(t -> t.compareTo(last) > 0).toList();
        String limit = exchange.query("n");
        if (limit.matches("\\d{1,9}") && Integer.parseInt(limit) < tags.size()) {
            tags = tags.subList(0, Integer.parseInt(limit));
            if (!tags.isEmpty()) {
                String next = "/v2/" + name + "/tags/list?n=" + limit + "&last=" + tags.get(tags.size() - 1);
                exchange.with("Link", "<" + next + ">; rel=\"next\"");
            }
        }
        exchange.json(200, Map.of("name", name, "tags", tags));
    }

    private void progress(Exchange exchange, String name, String id, int status) throws IOException {
        exchange.with("Location", "/v2/" + name + "/blobs/uploads/" + id)
                .with("Docker-Upload-UUID", id)
                .with("Range", "0-" + Math.max(0, uploads.size(id) - 1))
                .empty(status);
    }

    private static void created(Exchange exchange, String name, String kind, Digest digest) throws IOException {
        exchange.with("Location", "/v2/" + name + "/" + kind + "/" + digest)
                .with("Docker-Content-Digest", digest.value())
                .empty(201);
    }

    private static long start(Exchange exchange) {
        Matcher range = RANGE.matcher(exchange.header("Content-Range"));
        return range.matches() ? Long.parseLong(range.group(1)) : -1;
    }

    private static void only(Exchange exchange, String... methods) {
        if (!List.of(methods).contains(exchange.method())) {
            throw new RegistryError(405, "UNSUPPORTED", exchange.method() + " is not served here");
        }
    }
}
