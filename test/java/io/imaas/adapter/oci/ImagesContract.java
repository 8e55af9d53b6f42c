package io.imaas.adapter.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.model.identity.SigningKey;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.image.ImageSignature;
import io.imaas.model.record.Statement;
import io.imaas.port.ImageBuilder.Built;
import io.imaas.port.ImageBuilder.Recipe;
import io.imaas.testing.TestKey;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for every registry that images are pushed to. */
abstract class ImagesContract {
    @TempDir
    Path folder;

    private MiProjectFolder project;
    private final HttpImageRegistry images = new HttpImageRegistry(RegistryCredentials.none());

    abstract String address();

    /** Repositories of tests that share a registry must not meet. */
    private String target() {
        return address() + "/orders/t" + Math.floorMod(folder.toString().hashCode(), 1_000_000);
    }

    @BeforeEach
    void makeProject() throws Exception {
        project = new MiProjectFolder(folder.resolve("project")).car(folder.hashCode());
    }

    @Test
    void aPushedImageIsFoundByItsTagAndItsDigest() {
        Built built = build("cache", "", "1.0.0", "key-1");

        ImageRepository repository = built.image().repository();
        Optional<Digest> digest = Optional.of(built.image().digest());
        assertThat(images.resolve(repository, "1.0.0")).isEqualTo(digest);
        assertThat(images.resolve(repository, "key-1")).isEqualTo(digest);
        assertThat(images.resolve(repository, "2.0.0")).isEmpty();
        assertThat(images.resolve(repository.child("unknown"), "1.0.0")).isEmpty();
        assertThat(images.exists(built.image())).isTrue();
        assertThat(images.exists(new ImageRef(repository, new Digest("sha256:" + "0".repeat(64)))))
                .isFalse();
        assertThat(images.labels(built.image()))
                .containsEntry("io.imaas.tenant", "orders")
                .containsEntry("org.opencontainers.image.created", "2026-03-01T10:00:00Z");
    }

    @Test
    void signedStatementsAreKeptBesideAnImageByTheirType() {
        ImageRef image = build("cache", "", "1.0.0").image();
        assertThat(images.attached(image, "urn:a")).isEmpty();
        String first = TestKey.statements()
                .sign(new Statement("urn:a", "x", image.digest().hex(), Map.of("n", "1")));
        String second = TestKey.statements()
                .sign(new Statement("urn:a", "x", image.digest().hex(), Map.of("n", "2")));
        String other = TestKey.statements()
                .sign(new Statement("urn:b", "x", image.digest().hex(), Map.of("n", "3")));

        images.attach(image, "urn:a", first);
        images.attach(image, "urn:b", other);
        images.attach(image, "urn:a", second);

        assertThat(images.attached(image, "urn:a"))
                .extracting(envelope ->
                        TestKey.statements().read(envelope).statement().text("n"))
                .containsExactlyInAnyOrder("1", "2");
        assertThat(images.attached(image, "urn:b"))
                .singleElement()
                .satisfies(envelope -> assertThat(TestKey.payload(envelope)).isEqualTo(TestKey.payload(other)));
        assertThat(images.exists(image)).isTrue();
    }

    @Test
    void aSignatureInABundleIsReadAndHoldsForItsImageAlone() {
        ImageRef image = build("cache", "", "1.0.0").image();
        images.attach(
                image,
                ImageSignature.TYPE,
                TestKey.statements()
                        .sign(new Statement(
                                ImageSignature.TYPE, "x", image.digest().hex(), Map.of())));
        images.attach(
                image,
                ImageSignature.TYPE,
                TestKey.statements()
                        .sign(new Statement("urn:other", "x", image.digest().hex(), Map.of())));

        SigningKey key = TestKey.statements().key().orElseThrow();
        assertThat(images.signatures(image))
                .extracting(ImageSignature::image)
                .containsExactlyInAnyOrder(image.digest().value(), "");
        assertThat(images.signatures(image))
                .allMatch(one -> key.signed(
                        one.payload().getBytes(StandardCharsets.UTF_8),
                        Base64.getDecoder().decode(one.signature())));
    }

    @Test
    void aRegistryThatLetsUsWriteIsFoundWritable() {
        images.checkWritable(ImageRepository.parse(target()));
    }

    @Test
    void theSameInputGivesTheSameDigestFromAnEmptyCache() {
        Built here = build("cache", "", "1");
        Built there = build("another cache", "", "1");

        assertThat(there.image().digest()).isEqualTo(here.image().digest());
        assertThat(there.bytesPushed()).isZero();
    }

    @Test
    void anEditOfTheCarSendsTheCarAndTheManifestAlone() throws Exception {
        Built before = build("cache", "", "1");
        project.car(folder.hashCode() + 1);
        Built after = build("cache", "", "1");

        assertThat(after.image()).isNotEqualTo(before.image());
        assertThat(after.layers().subList(0, 3)).isEqualTo(before.layers().subList(0, 3));
        assertThat(after.bytesPushed()).isBetween(Files.size(project.car()), Files.size(project.car()) + 6000);
    }

    @Test
    void buildsSideBySideShareOneCache() throws Exception {
        Built alone = build("cache of its own", "", "1");

        List<Callable<Built>> work = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Recipe recipe = project.recipe(target() + "/service" + i, "", "1");
            work.add(() ->
                    new JibImageBuilder(folder.resolve("cache"), RegistryCredentials.none()).build(recipe, line -> {}));
        }
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            for (Future<Built> together : threads.invokeAll(work)) {
                assertThat(together.get().image().digest())
                        .isEqualTo(alone.image().digest());
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void filesLieWhereMiLooksForThemAndBelongToItsUser() throws Exception {
        Built built = build("cache", "", "1");

        TreeMap<String, TarArchiveEntry> files = new TreeMap<>();
        for (String layer : built.layers()) {
            read(built.image().repository(), layer).forEach(e -> files.put(e.getName(), e));
        }
        String home = MiProjectFolder.HOME;
        assertThat(files)
                .containsKeys(
                        home + "/repository/deployment/server/carbonapps/orders_1.0.0.car",
                        home + "/repository/resources/security/wso2carbon.jks",
                        home + "/repository/resources/security/client-truststore.jks",
                        home + "/conf/deployment.toml",
                        home + "/lib/driver.jar");
        assertThat(built.layers()).hasSize(4);
        files.forEach((name, entry) ->
                assertThat(entry.getLongUserId()).as(name).isEqualTo(name.equals("home/") ? 0 : 10802));
        JsonNode configuration = configuration(built.image());
        assertThat(configuration.path("User").asText()).isEqualTo("10802:10802");
        assertThat(configuration.path("ExposedPorts").properties())
                .extracting(p -> p.getKey())
                .containsExactlyInAnyOrder("8290/tcp", "8253/tcp", "9164/tcp");
    }

    @Test
    void theCarsOfAnImageAreReadOutOfItsOwnLayers() throws Exception {
        String base = new BaseImages(folder, address())
                .push("wso2/wso2mi", "/home/wso2carbon/wso2mi-9", "802", "linux/amd64", "linux/arm64");
        Built built = build("cache", base, "1");

        byte[] sent = Files.readAllBytes(project.car());
        assertThat(images.cars(built.image())).hasSize(1).allSatisfy((path, car) -> {
            assertThat(path).endsWith("carbonapps/orders_1.0.0.car");
            assertThat(car).isEqualTo(sent);
        });
        assertThatThrownBy(() ->
                        images.cars(new ImageRef(built.image().repository(), new Digest("sha256:" + "0".repeat(64)))))
                .hasMessageContaining("no such image");
    }

    @Test
    void anImageForEveryLinuxPlatformOfItsBaseKeepsTheBasesLayersAndEnvironment() throws Exception {
        String base = new BaseImages(folder, address())
                .push("wso2/wso2mi", "/home/wso2carbon/wso2mi-9", "802", "linux/arm64", "linux/amd64");
        Built built = build("cache", base, "1");

        JsonNode index =
                json("/manifests/" + built.image().digest(), built.image().repository());
        assertThat(index.path("manifests"))
                .extracting(m -> m.path("platform").path("architecture").asText())
                .containsExactly("amd64", "arm64");
        JsonNode configuration = configuration(built.image());
        assertThat(configuration.path("User").asText()).isEqualTo("802");
        assertThat(configuration.path("Entrypoint").path(0).asText()).contains("docker-entrypoint");
        assertThat(images.labels(built.image()))
                .containsEntry("org.opencontainers.image.base.digest", base.substring(base.indexOf('@') + 1));
        assertThat(build("another cache", base, "1").image()).isEqualTo(built.image());
        assertThat(read(
                        built.image().repository(),
                        built.layers().get(built.layers().size() - 1)))
                .extracting(TarArchiveEntry::getName)
                .contains("home/wso2carbon/wso2mi-9/repository/deployment/server/carbonapps/orders_1.0.0.car");
    }

    @Test
    void attestationsInTheIndexOfABaseImageAreNoPlatforms() throws Exception {
        String base = new BaseImages(folder, address()).pushWithAttestation("wso2/attested", "linux/arm64");
        Built built = build("cache", base, "1");

        JsonNode manifest =
                json("/manifests/" + built.image().digest(), built.image().repository());
        assertThat(manifest.path("layers")).hasSize(5);
        assertThat(json(
                                "/blobs/"
                                        + manifest.path("config").path("digest").asText(),
                                built.image().repository())
                        .path("architecture")
                        .asText())
                .isEqualTo("arm64");
    }

    @Test
    void onePlatformCanBeWantedOutOfMany() throws Exception {
        String base = new BaseImages(folder, address())
                .push("wso2/wso2mi", "/home/wso2carbon/wso2mi-4.4.0", "10802", "linux/amd64", "linux/arm64");
        JibImageBuilder builder = new JibImageBuilder(folder.resolve("cache"), RegistryCredentials.none());
        Recipe recipe = project.recipe(target(), base, "1");

        Built arm = builder.forPlatforms(Set.of("linux/arm64")).build(recipe, line -> {});

        assertThat(json("/manifests/" + arm.image().digest(), arm.image().repository())
                        .path("layers"))
                .hasSize(5);
        assertThatThrownBy(() -> builder.forPlatforms(Set.of("linux/s390x")).build(recipe, line -> {}))
                .hasMessageContaining("the base image has nothing for linux/s390x");
    }

    @Test
    void aBaseImageThatIsNotThereIsTheUsersMistake() {
        assertThatThrownBy(() -> build("cache", target() + "/base@sha256:" + "0".repeat(64), "1"))
                .hasMessageContaining("the registry has no such image");
        assertThatThrownBy(() -> build("cache", target() + "/base:latest", "1"))
                .hasMessageContaining("names no digest");
    }

    private Built build(String cache, String base, String... tags) {
        return new JibImageBuilder(folder.resolve(cache), RegistryCredentials.none())
                .build(project.recipe(target(), base, tags), line -> {});
    }

    private JsonNode configuration(ImageRef image) throws Exception {
        JsonNode manifest = json("/manifests/" + image.digest(), image.repository());
        if (manifest.has("manifests")) {
            manifest = json(
                    "/manifests/"
                            + manifest.path("manifests").path(0).path("digest").asText(),
                    image.repository());
        }
        return json("/blobs/" + manifest.path("config").path("digest").asText(), image.repository())
                .path("config");
    }

    private static JsonNode json(String path, ImageRepository repository) throws Exception {
        try (InputStream in = open(path, repository)) {
            return new ObjectMapper().readTree(in);
        }
    }

    private static List<TarArchiveEntry> read(ImageRepository repository, String layer) throws Exception {
        List<TarArchiveEntry> entries = new ArrayList<>();
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GZIPInputStream(open("/blobs/" + layer, repository)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private static InputStream open(String path, ImageRepository repository) throws Exception {
        var connection = URI.create("http://" + repository.registry() + "/v2/" + repository.path() + path)
                .toURL()
                .openConnection();
        connection.setRequestProperty(
                "Accept",
                "application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json,"
                        + "application/vnd.docker.distribution.manifest.list.v2+json,"
                        + "application/vnd.docker.distribution.manifest.v2+json");
        return connection.getInputStream();
    }
}
