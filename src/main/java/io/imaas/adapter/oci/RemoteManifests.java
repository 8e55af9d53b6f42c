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
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

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

    /** An index has an image for each platform, and each of them is asked for. */
    private static final int MOST_IMAGES = 100;

    /** The platform of an image of an index: what lies deeper is read by nobody. */
    private static final int DEEPEST = 3;

    /** Programs written in Go take them in any case, and ours take them as they are. */
    private static final Map<String, String> NAMES = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    static {
        Stream.of(
                        "mediaType",
                        "artifactType",
                        "config",
                        "layers",
                        "manifests",
                        "subject",
                        "digest",
                        "size",
                        "urls",
                        "data")
                .forEach(name -> NAMES.put(name, name));
        Stream.of("platform", "os", "architecture", "variant").forEach(name -> NAMES.put(name, name));
    }

    private final ObjectMapper json = BoundedJson.strict();
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
            if (images.size() > MOST_IMAGES) {
                throw FailureException.input(
                        "the index holds " + images.size() + " images, and at most " + MOST_IMAGES + " are read",
                        digest.value(),
                        "name an image, or an index of fewer platforms");
            }
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
        JsonNode parsed = parse(answer.body(), repository);
        otherMeaning(parsed, type).ifPresent(what -> {
            throw FailureException.input(
                    "its manifest may be read in two ways: " + what,
                    repository + "@" + digest,
                    "push it with a tool that writes manifests as the OCI image specification has them");
        });
        return Optional.of(new Found(digest, type, answer.body(), parsed));
    }

    /** What another program could take for something else than we do. */
    private static Optional<String> otherMeaning(JsonNode manifest, String header) {
        String type = manifest.path("mediaType").asText(header);
        boolean index = manifest.has("manifests");
        if (index && (manifest.has("layers") || manifest.has("config"))) {
            return Optional.of("it is an image and a list of images at once");
        }
        if (!type.equals(header) && ACCEPT.contains(header) && !header.isEmpty()) {
            return Optional.of("it says that it is a " + type + ", and the registry that it is a " + header);
        }
        return ACCEPT.contains(type)
                        && !type.isEmpty()
                        && index != (type.contains(".index.") || type.contains(".list."))
                ? Optional.of("it says that it is a " + type + ", and is none")
                : otherName(manifest, 0);
    }

    private static Optional<String> otherName(JsonNode node, int depth) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String known = NAMES.getOrDefault(field.getKey(), field.getKey());
            if (!known.equals(field.getKey())) {
                return Optional.of("'" + field.getKey() + "' is '" + known + "' for some");
            }
        }
        return node.properties().stream()
                .filter(field -> depth < DEEPEST && !field.getKey().equals("annotations"))
                .map(Map.Entry::getValue)
                .flatMap(value -> value.isArray() ? value.valueStream() : Stream.of(value))
                .flatMap(value -> otherName(value, depth + 1).stream())
                .findFirst();
    }

    /** An image of an index. */
    Found one(ImageRepository repository, JsonNode entry) {
        Found found =
                get(new ImageRef(repository, new Digest(entry.path("digest").asText())));
        if (found.isIndex()) {
            throw FailureException.input(
                    "an index within an index is not followed", repository + "@" + found.digest(), "name an image");
        }
        return found;
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
        return answer.header("Docker-Content-Digest").flatMap(Digest::find).or(() -> find(repository, reference)
                .map(Found::digest));
    }

    /** The configuration of an image; of an index, that of its first image. */
    JsonNode configuration(ImageRepository repository, Found manifest) {
        if (manifest.isIndex()) {
            JsonNode first = manifest.images().stream()
                    .findFirst()
                    .orElseThrow(() -> FailureException.input(
                            "the index holds no image", repository + "@" + manifest.digest(), "name an image"));
            return configuration(repository, one(repository, first));
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
                    "the registry answered with something that is not JSON, or has a name twice",
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
