package io.imaas.adapter.oci;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.model.failure.FailureException;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.image.ImageSignature;
import io.imaas.port.Artifacts;
import io.imaas.port.ImageFiles;
import io.imaas.port.ImageRegistry;
import io.imaas.port.RegistryLogins;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Any registry that speaks the OCI distribution specification or Docker's registry API v2. */
public final class HttpImageRegistry implements ImageRegistry, Artifacts, ImageFiles {
    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    private final RegistryHttp http;
    private final RemoteManifests manifests;
    private final Attestations attestations;

    public HttpImageRegistry(RegistryLogins credentials) {
        this(new RegistryHttp(credentials));
    }

    HttpImageRegistry(RegistryHttp http) {
        this.http = http;
        this.manifests = new RemoteManifests(http);
        this.attestations = new Attestations(http, manifests);
    }

    @Override
    public Optional<Digest> resolve(ImageRepository repository, String tag) {
        return manifests.head(repository, requireTag(repository, tag));
    }

    @Override
    public boolean exists(ImageRef image) {
        return manifests.head(image.repository(), image.digest().value()).isPresent();
    }

    @Override
    public Map<String, String> labels(ImageRef image) {
        JsonNode labels = manifests
                .configuration(image.repository(), manifests.get(image))
                .path("config")
                .path("Labels");
        Map<String, String> found = new TreeMap<>();
        labels.properties().forEach(l -> found.put(l.getKey(), l.getValue().asText()));
        return found;
    }

    @Override
    public byte[] layer(ImageRef artifact, String mediaType) {
        for (JsonNode layer : manifests.get(artifact).json().path("layers")) {
            if (layer.path("mediaType").asText().equals(mediaType)) {
                return manifests.blob(
                        artifact.repository(), new Digest(layer.path("digest").asText()));
            }
        }
        throw FailureException.input(
                "the artifact has no layer of type " + mediaType, artifact.toString(), "check its digest");
    }

    @Override
    public Map<String, byte[]> cars(ImageRef image) {
        return new LayerFiles(manifests).cars(image);
    }

    @Override
    public List<ImageSignature> signatures(ImageRef image) {
        return new CosignSignatures(manifests, attestations).of(image);
    }

    @Override
    public void attach(ImageRef image, String type, String envelope) {
        attestations.attach(image, type, envelope);
    }

    @Override
    public List<String> attached(ImageRef image, String type) {
        return attestations.of(image, type);
    }

    /** Begins an upload and cancels it: the only question whose answer holds for a push too. */
    @Override
    public void checkWritable(ImageRepository repository) {
        RegistryHttp.Call begin = RegistryHttp.Call.of(repository, "POST", "/blobs/uploads/");
        RegistryHttp.Answer answer = http.send(begin, 202);
        begin.sameHost(answer).ifPresent(upload -> cancel(RegistryHttp.Call.of(repository, "DELETE", upload)));
    }

    private void cancel(RegistryHttp.Call upload) {
        try {
            http.send(upload);
        } catch (FailureException unanswered) {
            // The question is answered: an upload that is left open ends by itself.
        }
    }

    private static String requireTag(ImageRepository repository, String tag) {
        if (!TAG.matcher(tag).matches()) {
            throw FailureException.input(
                    "'" + tag + "' is not an image tag",
                    repository.toString(),
                    "use letters, digits, '_', '.' and '-', at most 128 characters");
        }
        return tag;
    }
}
