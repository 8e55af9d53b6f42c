package io.imaas.adapter.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.source.MiRuntime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the image below ours says about itself.
 *
 * @param ref null for the empty base
 * @param platforms that are built, sorted; empty when the base is one single image
 * @param layers of each of its images that is built on, in the order of the platforms
 * @param serverHome the value of its {@code WSO2_SERVER_HOME}, if it has one
 * @param user its numeric user, if it has one
 */
record BaseImage(
        ImageRef ref,
        Set<Platform> platforms,
        List<List<Digest>> layers,
        Optional<String> serverHome,
        Optional<String> user) {
    private static final Pattern HOME = Pattern.compile("wso2mi-(\\d+\\.\\d+)");

    static BaseImage empty(Set<String> wanted) {
        Set<Platform> platforms = sorted();
        wanted.forEach(w -> platforms.add(platform(w)));
        return new BaseImage(null, platforms, List.of(List.of()), Optional.empty(), Optional.empty());
    }

    /** @param wanted platforms such as {@code linux/arm64}; none means all of the base's Linux ones */
    static BaseImage read(ImageRef ref, Set<String> wanted, RemoteManifests manifests) {
        RemoteManifests.Found root = manifests.get(ref);
        Set<Platform> platforms = sorted();
        List<List<Digest>> layers = new ArrayList<>();
        if (root.isIndex()) {
            root.images().stream()
                    .map(m -> platform(m.path("platform")))
                    .filter(p -> wanted.isEmpty() ? p.getOs().equals("linux") : wanted.contains(name(p)))
                    .forEach(platforms::add);
            requireAll(ref, wanted, platforms);
            for (Platform platform : platforms) {
                layers.add(
                        manifests.one(ref.repository(), imageOf(root, platform)).layers());
            }
        } else {
            layers.add(root.layers());
        }
        JsonNode configuration = manifests.configuration(ref.repository(), root);
        if (!root.isIndex() && !wanted.isEmpty() && !wanted.equals(Set.of(name(platform(configuration))))) {
            throw FailureException.input(
                    "the base image is of " + name(platform(configuration)) + " alone",
                    ref.toString(),
                    "name a multi-platform base image for " + String.join(", ", new TreeSet<>(wanted)));
        }
        return new BaseImage(
                ref,
                platforms,
                layers,
                environment(configuration, "WSO2_SERVER_HOME").map(h -> h.replaceFirst("/+$", "")),
                Optional.of(configuration.path("config").path("User").asText()).filter(u -> u.matches("\\d+(:\\d+)?")));
    }

    private static void requireAll(ImageRef ref, Set<String> wanted, Set<Platform> found) {
        Set<String> missing = new TreeSet<>(wanted);
        found.forEach(p -> missing.remove(name(p)));
        if (!missing.isEmpty() || found.isEmpty()) {
            throw FailureException.input(
                    "the base image has nothing for " + (missing.isEmpty() ? "linux" : String.join(", ", missing)),
                    ref.toString(),
                    "choose a base image for these platforms, or want others");
        }
    }

    /** The first one, as Jib chooses it: variants of an architecture are not told apart. */
    private static JsonNode imageOf(RemoteManifests.Found index, Platform platform) {
        return index.images().stream()
                .filter(m -> platform(m.path("platform")).equals(platform))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<String> environment(JsonNode configuration, String name) {
        for (JsonNode variable : configuration.path("config").path("Env")) {
            if (variable.asText().startsWith(name + "=")) {
                return Optional.of(variable.asText().substring(name.length() + 1));
            }
        }
        return Optional.empty();
    }

    private static Platform platform(JsonNode node) {
        return new Platform(node.path("architecture").asText(), node.path("os").asText());
    }

    private static Platform platform(String text) {
        String[] parts = text.split("/");
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw FailureException.input("'" + text + "' is not a platform", "write os/architecture: linux/amd64");
        }
        return new Platform(parts[1], parts[0]);
    }

    private static String name(Platform platform) {
        return platform.getOs() + "/" + platform.getArchitecture();
    }

    /** Why the base may be none for this project. */
    List<Problem> doubts(String runtimeVersion) {
        if (ref == null) {
            return List.of();
        }
        if (serverHome.isEmpty()) {
            return List.of(Problem.warning(
                    "base-image",
                    Location.of(ref.toString()),
                    "the base image names no WSO2_SERVER_HOME: it seems to be none of the Micro Integrator",
                    "build on one, such as " + MiRuntime.image(runtimeVersion) + " by its digest"));
        }
        Matcher version = HOME.matcher(serverHome.get());
        return !version.find() || runtimeVersion.isEmpty() || runtimeVersion.startsWith(version.group(1) + ".")
                ? List.of()
                : List.of(Problem.warning(
                        "base-image",
                        Location.of(ref.toString()),
                        "the base image has Micro Integrator " + version.group(1) + ", the project is written for "
                                + runtimeVersion,
                        "build on " + MiRuntime.image(runtimeVersion) + " by its digest, or change"
                                + " project.runtime.version in the pom.xml"));
    }

    private static Set<Platform> sorted() {
        return new TreeSet<>(Comparator.comparing(BaseImage::name));
    }

    /** In their order, for Jib: it is part of the index and so of its digest. */
    Set<Platform> orderedPlatforms() {
        return new LinkedHashSet<>(platforms);
    }
}
