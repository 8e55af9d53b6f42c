package io.imaas.adapter.oci;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Port;
import io.imaas.model.failure.FailureException;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.source.MiRuntime;
import io.imaas.port.ImageBuilder;
import io.imaas.port.RegistryLogins;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Builds and pushes images with Jib: no daemon, no Dockerfile, no root.
 *
 * <p>The digest depends on the recipe alone: names sorted, times fixed, the creation time given. (Layers are compressed
 * by the JVM's zlib; a JVM built on another implementation of it may compress to other bytes.) Jib sets labels, not
 * manifest annotations; the labels use the {@code org.opencontainers.image} keys.
 */
public final class JibImageBuilder implements ImageBuilder {
    private static final Set<Port> PORTS =
            Set.of(Port.tcp(MiRuntime.HTTP), Port.tcp(MiRuntime.HTTPS), Port.tcp(MiRuntime.MANAGEMENT));

    private final Path cache;
    private final RegistryLogins credentials;
    private final Set<String> platforms;
    private final HttpImageRegistry registry;
    private final RemoteManifests manifests;

    /** @param cache folder for layers that may be used again; safe to share and to delete */
    public JibImageBuilder(Path cache, RegistryLogins credentials) {
        this(cache, credentials, Set.of());
    }

    private JibImageBuilder(Path cache, RegistryLogins credentials, Set<String> platforms) {
        this.cache = cache.toAbsolutePath();
        this.credentials = credentials;
        this.platforms = Set.copyOf(platforms);
        RegistryHttp http = new RegistryHttp(credentials);
        this.registry = new HttpImageRegistry(http);
        this.manifests = new RemoteManifests(http);
    }

    /** The same for these platforms, such as {@code linux/arm64}, instead of all of the base's. */
    public JibImageBuilder forPlatforms(Set<String> wanted) {
        return new JibImageBuilder(cache, credentials, wanted);
    }

    @Override
    public Built build(Recipe recipe, Consumer<String> log) {
        // asked with our own client first: it says quickly and clearly when a registry is not there
        registry.checkWritable(recipe.target());
        BaseImage base = recipe.base().isEmpty()
                ? BaseImage.empty(platforms)
                : BaseImage.read(ImageRef.parse(recipe.base()), platforms, manifests);
        if (recipe.base().isEmpty()) {
            log.accept("the image has no base, so nothing in it can run the CAR");
        }
        PushCount count = new PushCount(log);
        Digest digest = containerize(recipe, base, count);
        Built built = new PushedImage(manifests, new ImageRef(recipe.target(), digest), count).check(base);
        return new Built(built.image(), built.bytesPushed(), built.layers(), base.doubts(recipe.runtimeVersion()));
    }

    private Digest containerize(Recipe recipe, BaseImage base, PushCount count) {
        String home = base.serverHome().orElse("/home/wso2carbon/wso2mi-" + recipe.runtimeVersion());
        String user = base.user().orElse(MiLayers.OWNER);
        MiLayers layers = new MiLayers(new StagedInputs(cache.resolve("inputs")), home, owner(user));
        try (JibThreads threads = new JibThreads()) {
            JibContainerBuilder image = from(base)
                    // Jib can't make OCI indexes yet; Docker's manifest lists are understood everywhere as well
                    .setFormat(base.platforms().size() > 1 ? ImageFormat.Docker : ImageFormat.OCI)
                    .setCreationTime(recipe.created())
                    .setUser(user)
                    .setExposedPorts(PORTS)
                    .setLabels(labels(recipe, base))
                    .setFileEntriesLayers(layers.of(recipe));
            if (!base.platforms().isEmpty()) {
                image.setPlatforms(base.orderedPlatforms());
            }
            JibContainer container = image.containerize(to(recipe, count).setExecutorService(threads.executor()));
            return new Digest(container.getDigest().toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FailureException.external(
                    "interrupted while pushing", recipe.target().toString(), "run it again", e);
        } catch (RegistryException
                | IOException
                | CacheDirectoryCreationException
                | ExecutionException
                | InvalidImageReferenceException e) {
            throw RegistryRefusals.of(e, recipe.target(), credentials);
        }
    }

    private JibContainerBuilder from(BaseImage base) throws InvalidImageReferenceException {
        return base.ref() == null
                ? Jib.fromScratch()
                : Jib.from(registryImage(base.ref().toString(), base.ref().repository()));
    }

    private Containerizer to(Recipe recipe, PushCount count) throws InvalidImageReferenceException {
        List<String> tags = new ArrayList<>(new java.util.TreeSet<>(recipe.tags()));
        if (tags.isEmpty()) {
            tags.add("latest");
        }
        Containerizer to = Containerizer.to(registryImage(recipe.target() + ":" + tags.get(0), recipe.target()))
                .setToolName("imaas")
                .setBaseImageLayersCache(cache.resolve("base"))
                .setApplicationLayersCache(cache.resolve("layers"))
                .setAllowInsecureRegistries(RegistryAddress.of(recipe.target()).isLoopback())
                .addEventHandler(count);
        tags.forEach(to::withAdditionalTag);
        return to;
    }

    private RegistryImage registryImage(String reference, ImageRepository repository)
            throws InvalidImageReferenceException {
        return RegistryImage.named(ImageReference.parse(reference)).addCredentialRetriever(() -> credentials
                .find(repository.registry())
                .map(l -> Credential.from(l.user(), l.password().reveal())));
    }

    private static Map<String, String> labels(Recipe recipe, BaseImage base) {
        Map<String, String> labels = new TreeMap<>();
        labels.put("org.opencontainers.image.created", recipe.created().toString());
        if (base.ref() != null) {
            labels.put(
                    "org.opencontainers.image.base.name",
                    base.ref().repository().toString());
            labels.put(
                    "org.opencontainers.image.base.digest", base.ref().digest().value());
        }
        labels.putAll(recipe.labels());
        return labels;
    }

    private static String owner(String user) {
        return user.contains(":") ? user : user + ":" + user;
    }

    /**
     * The threads of one build with Jib, gone when the build is over.
     *
     * <p>Left to itself Jib returns at the first refusal and lets its other threads go on: they would still push blobs of an
     * image that is given up, and write to a layer cache that somebody else may already use or take away.
     */
    private static final class JibThreads implements AutoCloseable {
        /** A little more than the 20 seconds after which Jib itself gives up on a silent registry. */
        private static final int SECONDS_TO_END = 25;

        private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "image-push");
            thread.setDaemon(true);
            return thread;
        });

        ExecutorService executor() {
            return threads;
        }

        /** Ends what is still under way and waits until it has ended. */
        @Override
        public void close() {
            threads.shutdownNow();
            try {
                threads.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
