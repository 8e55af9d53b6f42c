package io.imaas.adapter.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.adapter.web.BoundedJson;
import io.imaas.model.failure.FailureException;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads manifests, indexes and configurations, and believes none whose content is not of the digest asked for. */
final class RemoteManifests {
    private static final String ACCEPT = String.join(
            ",",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.docker.distribution.manifest.v2+json",
            "application/vnd.docker.distribution.manifest.list.v2+json");

    /** A registry that leads from page to page in a circle is not followed for ever. */
    private static final int MOST_PAGES = 200;

    private final ObjectMapper json = BoundedJson.mapper();
    private final RegistryHttp http;

    RemoteManifests(RegistryHttp http) {
        this.http = http;
    }

    /** A manifest as the registry has it. */
    @SuppressWarnings("ArrayRecordComponent") // its bytes are what the digest is of; never compared
    record Found(Digest digest, String mediaType, byte[] content, JsonNode json) {
        boolean isIndex() {
            return json.has("manifests");
        }

        /** The manifests of an index that are images, not attestations about them. */
        List<JsonNode> images() {
            List<JsonNode> images = new ArrayList<>();
            json.path("manifests").forEach(m -> {
                if (!m.path("platform").path("os").asText().equals("unknown")) {
                    images.add(m);
                }
            });
            return images;
        }

        List<Digest> layers() {
            List<Digest> layers = new ArrayList<>();
            json.path("layers")
                    .forEach(l -> layers.add(new Digest(l.path("digest").asText())));
            return layers;
        }
    }

    /** @param reference a tag or a digest */
    Optional<Found> find(ImageRepository repository, String reference) {
        RegistryHttp.Answer answer = http.send(asking(repository, "GET", reference), 200, 404);
        if (answer.status() == 404) {
            return Optional.empty();
        }
        Digest digest = Digest.of(answer.body());
        if (reference.startsWith("sha256:") && !digest.value().equals(reference)) {
            throw tampered(repository, reference, digest);
        }
        String type = answer.header("Content-Type").orElse("");
        return Optional.of(new Found(digest, type, answer.body(), parse(answer.body(), repository)));
    }

    Found get(ImageRef image) {
        return find(image.repository(), image.digest().value())
                .orElseThrow(() -> FailureException.input(
                        "the registry has no such image", image.toString(), "check its digest and its repository"));
    }

    /** The digest of a tag or digest, without its content where the registry says it; empty when it is not there. */
    Optional<Digest> head(ImageRepository repository, String reference) {
        RegistryHttp.Answer answer = http.send(asking(repository, "HEAD", reference), 200, 404);
        if (answer.status() == 404) {
            return Optional.empty();
        }
        Optional<String> said = answer.header("Docker-Content-Digest");
        return said.isPresent()
                ? Optional.of(new Digest(said.get()))
                : find(repository, reference).map(Found::digest);
    }

    /** The configuration of an image; of an index, that of its first image. */
    JsonNode configuration(ImageRepository repository, Found manifest) {
        if (manifest.isIndex()) {
            JsonNode first = manifest.images().stream()
                    .findFirst()
                    .orElseThrow(() -> FailureException.input(
                            "the index holds no image", repository + "@" + manifest.digest(), "name an image"));
            return configuration(
                    repository,
                    get(new ImageRef(repository, new Digest(first.path("digest").asText()))));
        }
        return parse(
                blob(
                        repository,
                        new Digest(manifest.json().path("config").path("digest").asText())),
                repository);
    }

    byte[] blob(ImageRepository repository, Digest digest) {
        return content(repository, digest, 200).orElseThrow();
    }

    /** The content that a stranger describes; empty when the description names no digest, or nothing is there. */
    Optional<byte[]> described(ImageRepository repository, JsonNode descriptor) {
        return Digest.find(descriptor.path("digest").asText()).flatMap(digest -> content(repository, digest, 200, 404));
    }

    private Optional<byte[]> content(ImageRepository repository, Digest digest, int... expected) {
        RegistryHttp.Answer answer = http.send(RegistryHttp.Call.of(repository, "GET", "/blobs/" + digest), expected);
        if (answer.status() == 404) {
            return Optional.empty();
        }
        Digest got = Digest.of(answer.body());
        if (!got.equals(digest)) {
            throw tampered(repository, digest.value(), got);
        }
        return Optional.of(answer.body());
    }

    private static RegistryHttp.Call asking(ImageRepository repository, String method, String reference) {
        return new RegistryHttp.Call(repository, method, "/manifests/" + reference, Map.of("Accept", ACCEPT), null);
    }

    /** @param reference a tag or a digest */
    RegistryHttp.Answer put(ImageRepository repository, String reference, String mediaType, byte[] content) {
        return http.send(RegistryHttp.Call.put(repository, "/manifests/" + reference, mediaType, content), 201);
    }

    /**
     * A list over all of its pages; empty where the registry has no such list.
     *
     * @param field of an answer that has the list
     * @param most entries
     * @param tooMany what to say where there are more, or more pages than that many could need
     */
    Optional<List<JsonNode>> all(RegistryHttp.Call first, String field, int most, Supplier<FailureException> tooMany) {
        List<JsonNode> all = new ArrayList<>();
        Optional<RegistryHttp.Call> page = Optional.of(first);
        for (int pages = 0; page.isPresent(); pages++) {
            RegistryHttp.Answer answer = http.send(page.get(), 200, 404);
            if (answer.status() == 404) {
                return Optional.empty();
            }
            int before = all.size();
            parse(answer.body(), first.repository()).path(field).forEach(all::add);
            if (all.size() > most || pages == MOST_PAGES) {
                throw tooMany.get();
            }
            // A registry that goes on and on with nothing has no more.
            page = all.size() == before ? Optional.empty() : page.get().next(answer);
        }
        return Optional.of(all);
    }

    JsonNode parse(byte[] content, ImageRepository repository) {
        try {
            return json.readTree(content);
        } catch (IOException e) {
            throw FailureException.external(
                    "the registry answered with something that is not JSON",
                    repository.toString(),
                    "check that this is a registry and that no proxy answers in its place",
                    e);
        }
    }

    private static FailureException tampered(ImageRepository repository, String asked, Digest got) {
        return FailureException.failed(
                "the registry gave the content " + got + " for " + asked,
                repository.toString(),
                "don't use this registry or mirror until it is known why");
    }
}
