package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.catalog.CatalogReader;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.tenancy.Platform;
import io.imaas.port.ImageRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ListedRegistriesTest {
    private final Platform platform = CatalogReader.read(Metadata.files(
                    "registry.example.org/imaas",
                    "orders",
                    "https://git.example.org/orders.git",
                    new TreeMap<>(Map.of("api", "repository: https://github.com/acme/api.git"))))
            .orThrow()
            .platform();
    private final AtomicInteger asked = new AtomicInteger();
    private final ImageRegistry listed = new ListedRegistries(
            (ImageRegistry) Proxy.newProxyInstance(
                    ImageRegistry.class.getClassLoader(),
                    new Class<?>[] {ImageRegistry.class},
                    (proxy, method, given) -> {
                        asked.incrementAndGet();
                        return method.getReturnType() == boolean.class ? false : null;
                    }),
            platform);

    @Test
    void noOtherHostIsAskedForAnything() throws Exception {
        for (Method method : ImageRegistry.class.getMethods()) {
            assertThatThrownBy(() -> call(method, "attacker.example/imaas/orders/api"))
                    .as(method.getName())
                    .isInstanceOfSatisfying(FailureException.class, refused -> {
                        assertThat(refused.failure().kind()).isEqualTo(FailureKind.POLICY);
                        assertThat(refused.failure().what())
                                .isEqualTo("attacker.example is none of the platform's registries");
                    });
        }
        assertThat(asked).hasValue(0);
    }

    @Test
    void theListedOneIsAskedForEverything() throws Exception {
        for (Method method : ImageRegistry.class.getMethods()) {
            call(method, "registry.example.org/imaas/orders/api");
        }
        assertThat(asked).hasValue(ImageRegistry.class.getMethods().length);
    }

    private void call(Method method, String images) throws Exception {
        Object[] given = Arrays.stream(method.getParameterTypes())
                .map(type -> type == ImageRef.class
                        ? ImageRef.parse(images + "@sha256:" + "a".repeat(64))
                        : type == ImageRepository.class ? ImageRepository.parse(images) : "text")
                .toArray();
        try {
            method.invoke(listed, given);
        } catch (InvocationTargetException e) {
            throw (Exception) e.getCause();
        }
    }
}
