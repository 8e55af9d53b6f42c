package io.imaas.adapter.oci;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Base images that stand for WSO2's: a file, MI's environment, one or more platforms. */
public final class BaseImages {
    private final Path folder;
    private final String registry;
    private final int size;

    public BaseImages(Path folder, String registry) {
        this(folder, registry, 2);
    }

    /** @param size of the runtime in bytes, incompressible */
    public BaseImages(Path folder, String registry, int size) {
        this.folder = folder;
        this.registry = registry;
        this.size = size;
    }

    /** @return {@code registry/path@digest} */
    public String push(String path, String serverHome, String user, String... platforms) throws Exception {
        byte[] runtime = new byte[size];
        new Random(1).nextBytes(runtime);
        Path file = Files.write(Files.createDirectories(folder.resolve("base")).resolve("runtime"), runtime);
        JibContainerBuilder image = Jib.fromScratch()
                .addLayer(List.of(file), serverHome + "/bin")
                .addEnvironmentVariable("WSO2_SERVER_HOME", serverHome)
                .setEntrypoint("/home/wso2carbon/docker-entrypoint.sh")
                .setUser(user);
        Set<Platform> all = new LinkedHashSet<>();
        for (String platform : platforms) {
            all.add(new Platform(platform.split("/")[1], platform.split("/")[0]));
        }
        if (platforms.length == 1) {
            image.setFormat(ImageFormat.OCI);
        }
        String name = registry + "/" + path;
        return name + "@"
                + image.setPlatforms(all)
                        .containerize(Containerizer.to(RegistryImage.named(name + ":base"))
                                .setBaseImageLayersCache(folder.resolve("base-cache"))
                                .setApplicationLayersCache(folder.resolve("base-cache"))
                                .setAllowInsecureRegistries(true))
                        .getDigest();
    }

    /** An OCI index as BuildKit makes them: the image and, as a manifest of no platform, an attestation about it. */
    public String pushWithAttestation(String path, String platform) throws Exception {
        String image = push(path, "/home/wso2carbon/wso2mi-4.4.0", "10802", platform);
        ObjectMapper json = new ObjectMapper();
        ObjectNode index = json.createObjectNode();
        index.put("schemaVersion", 2).put("mediaType", "application/vnd.oci.image.index.v1+json");
        for (String entry : List.of("unknown/unknown", platform)) {
            ObjectNode descriptor = index.withArray("manifests").addObject();
            descriptor.put("mediaType", "application/vnd.oci.image.manifest.v1+json");
            descriptor.put("digest", image.substring(image.indexOf('@') + 1)).put("size", 600);
            descriptor.putObject("platform").put("os", entry.split("/")[0]).put("architecture", entry.split("/")[1]);
        }
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://" + registry + "/v2/" + path + "/manifests/index"))
                                .header("Content-Type", index.get("mediaType").asText())
                                .PUT(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(index)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return registry + "/" + path + "@"
                + answer.headers().firstValue("Docker-Content-Digest").orElseThrow(() -> new AssertionError(answer));
    }
}
