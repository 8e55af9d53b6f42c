package io.imaas.adapter.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.BuildImageCmd;
import com.github.dockerjava.api.command.PushImageCmd;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.AuthConfigurations;
import com.github.dockerjava.api.model.BuildResponseItem;
import com.github.dockerjava.api.model.PushResponseItem;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.port.ImageBuilder;
import io.imaas.port.RegistryLogins;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Builds with the project's own {@code deployment/docker/Dockerfile} by a Docker daemon, for images that need more than
 * files: {@code RUN}, users, packages.
 *
 * <p>The base goes in as the build argument {@code BASE_IMAGE}. The daemon stamps layers with the time it made them: the
 * same recipe gives the same digest only while the daemon has its layers cached.
 */
public record DockerImageBuilder(DockerClient docker, RegistryLogins logins) implements ImageBuilder {
    /** {@inheritDoc} Layers are named by the digests of their uncompressed content, as the daemon knows them. */
    @Override
    public Built build(Recipe recipe, Consumer<String> log) {
        Set<String> tags = new TreeSet<>(recipe.tags().isEmpty() ? Set.of("latest") : recipe.tags());
        try {
            String id = image(recipe, tags, log);
            Digest digest = null;
            long bytes = 0;
            for (String tag : tags) {
                PushOutput output = push(recipe, tag, log);
                digest = output.digest(recipe.target() + ":" + tag);
                bytes += output.bytes();
            }
            List<String> layers = docker.inspectImageCmd(id).exec().getRootFS().getLayers();
            return new Built(
                    new ImageRef(recipe.target(), digest), bytes, layers == null ? List.of() : layers, List.of());
        } catch (DockerClientException e) {
            throw new FailureException(
                    new Failure(
                            FailureKind.FAILED,
                            "the Dockerfile does not build: " + e.getMessage(),
                            recipe.project()
                                    .resolve("deployment/docker/Dockerfile")
                                    .toString(),
                            "fix it"),
                    e);
        } catch (DockerException e) {
            throw FailureException.external(
                    "the Docker daemon refused: " + e.getMessage(),
                    recipe.target().toString(),
                    "look at its log",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FailureException.external(
                    "interrupted while building", recipe.target().toString(), "run it again", e);
        }
    }

    private String image(Recipe recipe, Set<String> tags, Consumer<String> log) throws InterruptedException {
        try (BuildContext context = BuildContext.of(recipe)) {
            Set<String> names = new LinkedHashSet<>();
            tags.forEach(tag -> names.add(recipe.target() + ":" + tag));
            BuildImageCmd command = docker.buildImageCmd(context.folder().toFile())
                    .withTags(names)
                    .withLabels(recipe.labels())
                    .withBuildArg("BASE_IMAGE", recipe.base().isEmpty() ? "scratch" : recipe.base())
                    .withForcerm(true);
            if (!recipe.base().isEmpty()) {
                login(ImageRef.parse(recipe.base()).repository().registry()).ifPresent(auth -> {
                    AuthConfigurations all = new AuthConfigurations();
                    all.addConfig(auth);
                    command.withBuildAuthConfigs(all);
                });
            }
            BuildOutput output = new BuildOutput(log);
            command.exec(output).awaitCompletion();
            return output.imageId(recipe.project().resolve("deployment/docker").toString());
        }
    }

    private PushOutput push(Recipe recipe, String tag, Consumer<String> log) throws InterruptedException {
        PushImageCmd command = docker.pushImageCmd(recipe.target().toString()).withTag(tag);
        login(recipe.target().registry()).ifPresent(command::withAuthConfig);
        PushOutput output = new PushOutput(log);
        command.exec(output).awaitCompletion();
        return output;
    }

    private Optional<AuthConfig> login(String registry) {
        return logins.find(registry).map(login -> {
            AuthConfig auth = new AuthConfig().withRegistryAddress(registry);
            return login.isRefreshToken()
                    ? auth.withIdentityToken(login.password().reveal())
                    : auth.withUsername(login.user())
                            .withPassword(login.password().reveal());
        });
    }

    /** What the daemon says while it builds. */
    private static final class BuildOutput extends ResultCallback.Adapter<BuildResponseItem> {
        private static final int LAST_LINES = 5;

        private final Consumer<String> log;
        private final Deque<String> last = new ArrayDeque<>();
        private String imageId = "";
        private String error = "";

        BuildOutput(Consumer<String> log) {
            this.log = log;
        }

        @Override
        public synchronized void onNext(BuildResponseItem item) {
            if (item.getStream() != null && !item.getStream().isBlank()) {
                String line = item.getStream().strip();
                log.accept(line);
                last.add(line);
                if (last.size() > LAST_LINES) {
                    last.remove();
                }
            }
            if (item.getErrorDetail() != null) {
                error = item.getErrorDetail().getMessage();
            }
            if (item.isBuildSuccessIndicated() && item.getImageId() != null) {
                imageId = item.getImageId();
            }
        }

        /** The image's id; throws FAILED with the daemon's last words when there is none. */
        synchronized String imageId(String where) {
            if (error.isEmpty() && !imageId.isEmpty()) {
                return imageId;
            }
            throw FailureException.failed(
                    "the Dockerfile does not build: " + (error.isEmpty() ? String.join(" | ", last) : error),
                    where,
                    "try docker build there; files outside of deployment/docker are not in its context");
        }
    }

    /** What the daemon says while it pushes. */
    private static final class PushOutput extends ResultCallback.Adapter<PushResponseItem> {
        private final Consumer<String> log;
        private final Map<String, Long> sent = new HashMap<>();
        private final Set<String> told = new HashSet<>();
        private Digest digest;
        private String error = "";

        PushOutput(Consumer<String> log) {
            this.log = log;
        }

        @Override
        public synchronized void onNext(PushResponseItem item) {
            if (item.getErrorDetail() != null) {
                error = item.getErrorDetail().getMessage();
            }
            if (item.getAux() != null && item.getAux().getDigest() != null) {
                digest = new Digest(item.getAux().getDigest());
            }
            String layer = item.getId();
            if (layer == null || item.getStatus() == null) {
                return;
            }
            if (item.getStatus().equals("Pushing") && item.getProgressDetail() != null) {
                Long current = item.getProgressDetail().getCurrent();
                sent.merge(layer, current == null ? 0 : current, Math::max);
            } else if (told.add(layer + item.getStatus())) {
                log.accept(layer + ": " + item.getStatus());
            }
        }

        /** As the daemon counts: layers before they are compressed. */
        synchronized long bytes() {
            return sent.values().stream().mapToLong(Long::longValue).sum();
        }

        synchronized Digest digest(String target) {
            String words = error.toLowerCase(Locale.ROOT);
            if (words.contains("denied") || words.contains("unauthorized") || words.contains("no basic auth")) {
                throw FailureException.input(
                        "the registry does not let us push: " + error,
                        target,
                        "log in with docker login, or check the user's rights there");
            }
            if (!error.isEmpty() || digest == null) {
                throw FailureException.external(
                        "the push failed: " + (error.isEmpty() ? "the daemon named no digest" : error),
                        target,
                        "check that the daemon reaches the registry, then try again",
                        (Throwable) null);
            }
            return digest;
        }
    }
}
