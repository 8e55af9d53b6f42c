package io.imaas.adapter.keyring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The keyrings of this machine.
 *
 * @param environment where programs and Docker's configuration are
 */
record Keyrings(Map<String, String> environment) {
    /** The one that Docker uses for the address, then the usual ones. */
    Stream<Keyring> of(String address) {
        return Stream.concat(ofDocker(address), Keyring.usual().stream())
                .distinct()
                .map(this::named)
                .flatMap(Optional::stream);
    }

    Optional<Keyring> named(String name) {
        return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .flatMap(folder -> Stream.of(Path.of(folder, name), Path.of(folder, name + ".exe")))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst()
                .map(file -> new Keyring(name, file, environment));
    }

    /** Names of the helpers in Docker's configuration, that of the address first. */
    Stream<String> ofDocker(String address) {
        JsonNode configuration = configuration();
        return Stream.of(configuration.path("credHelpers").path(address), configuration.path("credsStore"))
                .filter(JsonNode::isTextual)
                .map(helper -> Keyring.DOCKER + helper.asText())
                // It stands for a file's name.
                .filter(name -> !name.contains("/") && !name.contains("\\"));
    }

    private JsonNode configuration() {
        String home = environment.getOrDefault("HOME", "");
        String folder = environment.getOrDefault("DOCKER_CONFIG", home.isEmpty() ? "" : home + "/.docker");
        List<Path> file = folder.isEmpty() ? List.of() : List.of(Path.of(folder, "config.json"));
        try {
            return file.isEmpty() || !Files.isRegularFile(file.get(0))
                    ? MissingNode.getInstance()
                    : new ObjectMapper().readTree(file.get(0).toFile());
        } catch (IOException e) {
            // Whoever logs in to a registry as Docker does is told of it; here there is another way.
            return MissingNode.getInstance();
        }
    }
}
