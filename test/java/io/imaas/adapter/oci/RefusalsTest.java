package io.imaas.adapter.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imaas.dev.layout.RefusingRegistry;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.image.ImageRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Registries that say no: at once, and in the middle of a push. */
class RefusalsTest {
    @TempDir
    Path folder;

    private RefusingRegistry registry;

    @BeforeEach
    void start() throws Exception {
        registry = new RefusingRegistry(folder.resolve("store"));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @ParameterizedTest
    @CsvSource({
        "401, INPUT, the registry wants a login (TEST as told)",
        "403, INPUT, the registry does not allow this (TEST as told)",
        "404, INPUT, the registry has no such repository or image (TEST as told)",
        "413, INPUT, the registry does not take blobs this large (TEST as told)",
        "429, EXTERNAL, the registry is asked too often (TEST as told)",
        "500, EXTERNAL, the registry answered 500 (TEST as told)",
        "507, EXTERNAL, the registry has no room left (TEST as told)"
    })
    void aRefusalHasItsKindAndTheRegistrysWords(int status, FailureKind kind, String what) {
        registry.refuse("POST", ".*/blobs/uploads/.*", status, "Retry-After", "17");

        Failure failure = failure(() -> new HttpImageRegistry(RegistryCredentials.none())
                .checkWritable(ImageRepository.parse(registry.address() + "/orders/api")));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.what()).isEqualTo(what);
        assertThat(failure.where().toString()).isEqualTo(registry.address() + "/orders/api");
        assertThat(failure.suggestion()).isNotEmpty();
        if (kind == FailureKind.EXTERNAL) {
            assertThat(failure.askedToWait()).contains(Duration.ofSeconds(17));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, .*/manifests/.*, 403, INPUT, does not allow this",
        "PUT, .*/manifests/.*, 429, EXTERNAL, is asked too often",
        "PATCH, .*/blobs/uploads/.*, 507, EXTERNAL, has no room left",
        "PUT, .*/blobs/uploads/.*, 500, EXTERNAL, answered 500",
        "HEAD, .*/blobs/.*, 503, EXTERNAL, answered 503",
    })
    void aRefusalInTheMiddleOfAPushHasItsKindToo(String method, String path, int status, FailureKind kind, String what)
            throws Exception {
        registry.refuse(method, path, status, "Retry-After", "17");
        MiProjectFolder project = new MiProjectFolder(folder.resolve("project"));

        Failure failure = failure(() -> new JibImageBuilder(folder.resolve("cache"), RegistryCredentials.none())
                .build(project.recipe(registry.address() + "/orders/api", "", "1"), line -> {}));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.what()).contains(what);
        if (kind == FailureKind.EXTERNAL) {
            assertThat(failure.askedToWait()).contains(Duration.ofSeconds(17));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HEAD, 502, 0, 2, ",
        "HEAD, 429, 1, 1, ",
        "HEAD, 503, 17, 1, EXTERNAL",
        "HEAD, 403, 0, 1, INPUT",
        "HEAD, 502, 0, 99, EXTERNAL",
        "POST, 502, 0, 1, EXTERNAL"
    })
    void whatOnlyReadsIsAskedAgainForAMoment(String method, int status, String wait, int times, FailureKind kind) {
        AtomicInteger left = new AtomicInteger(times);
        registry.refuse(method, ".*", (request, response) -> {
            response.setStatusCode(status);
            response.setHeader("Retry-After", wait);
            return left.getAndDecrement() > 0;
        });
        HttpImageRegistry images = new HttpImageRegistry(RegistryCredentials.none());
        ImageRepository repository = ImageRepository.parse(registry.address() + "/orders/api");
        Runnable asks = () -> {
            if (method.equals("POST")) {
                images.checkWritable(repository);
            } else {
                assertThat(images.resolve(repository, "1.0")).isEmpty();
            }
        };

        if (kind == null) {
            asks.run();
        } else {
            assertThat(failure(asks).kind()).isEqualTo(kind);
            assertThat(times - left.get()).isLessThan(6);
            int before = left.get();
            if (before > 0) {
                failure(asks);
                assertThat(before - left.get())
                        .as("who was given up is asked once")
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void aRegistryThatIsNotThereOrHasNoNameIsExternal() {
        HttpImageRegistry images = new HttpImageRegistry(RegistryCredentials.none());

        Failure refused = failure(() -> images.checkWritable(ImageRepository.parse("127.0.0.1:1/x")));
        Failure unknown = failure(() -> images.checkWritable(ImageRepository.parse("registry.invalid/x")));

        assertThat(refused.kind()).isEqualTo(FailureKind.EXTERNAL);
        assertThat(refused.what()).contains("can't be reached");
        assertThat(unknown.kind()).isEqualTo(FailureKind.EXTERNAL);
        assertThat(unknown.what()).contains("name can't be resolved");
    }

    @Test
    void aTokenIsFetchedFromTheRealmAndUsedAgain() {
        registry.refuse("GET|HEAD|POST|PUT", "/v2/.*", (request, response) -> {
                    if (request.containsHeader("Authorization")
                            && request.getFirstHeader("Authorization")
                                    .getValue()
                                    .equals("Bearer t0ken")) {
                        return false;
                    }
                    response.setStatusCode(401);
                    response.setHeader(
                            "WWW-Authenticate",
                            "Bearer realm=\"http://" + registry.address() + "/token\",service=\"here\"");
                    return true;
                })
                .refuse("GET", "/token.*", (request, response) -> {
                    response.setStatusCode(200);
                    response.setEntity(new org.apache.http.entity.ByteArrayEntity(
                            "{\"token\":\"t0ken\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
                    return true;
                });
        HttpImageRegistry images = new HttpImageRegistry(login("imaas", "pass"));
        ImageRepository repository = ImageRepository.parse(registry.address() + "/orders/api");

        assertThat(images.resolve(repository, "1")).isEmpty();
        assertThat(images.resolve(repository, "2")).isEmpty();

        assertThat(registry.seen())
                .containsExactly(
                        "HEAD /v2/orders/api/manifests/1",
                        "GET /token?service=here&scope=repository%3Aorders%2Fapi%3Apull Basic aW1hYXM6cGFzcw==",
                        "HEAD /v2/orders/api/manifests/1 Bearer t0ken",
                        "HEAD /v2/orders/api/manifests/2 Bearer t0ken");
    }

    @Test
    void aPasswordIsNotSentToARealmWithoutTls() {
        registry.refuse(".*", "/v2/.*", 401, "WWW-Authenticate", "Bearer realm=\"http://example.org/token\"");

        Failure failure = failure(() -> new HttpImageRegistry(login("imaas", "pass"))
                .resolve(ImageRepository.parse(registry.address() + "/orders/api"), "1"));

        assertThat(failure.what()).contains("which is not an https address");
    }

    @Test
    void contentOfAnotherDigestIsNotBelieved() throws Exception {
        MiProjectFolder project = new MiProjectFolder(folder.resolve("project"));
        JibImageBuilder builder = new JibImageBuilder(folder.resolve("cache"), RegistryCredentials.none());
        var built = builder.build(project.recipe(registry.address() + "/orders/api", "", "1"), line -> {});
        registry.refuse("GET", ".*/manifests/.*", 200);

        Failure failure = failure(() -> new HttpImageRegistry(RegistryCredentials.none()).labels(built.image()));

        assertThat(failure.kind()).isEqualTo(FailureKind.FAILED);
        assertThat(failure.what()).contains("for " + built.image().digest());
    }

    private RegistryCredentials login(String user, String password) {
        return RegistryCredentials.of(Map.of(
                "IMAAS_REGISTRY_HOST",
                registry.address(),
                "IMAAS_REGISTRY_USER",
                user,
                "IMAAS_REGISTRY_PASSWORD",
                password));
    }

    private static Failure failure(Runnable work) {
        return catchThrowableOfType(FailureException.class, work::run).failure();
    }
}
