package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.tenancy.ServiceName;
import io.imaas.port.GitRepository;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the history of a service, and the audit of a tenant, cost the Git server. */
class AuditCostTest {
    @TempDir
    Path folder;

    private final Queue<String> walks = new ConcurrentLinkedQueue<>();

    private GitRepository counting(GitRepository repository) {
        return (GitRepository) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {GitRepository.class}, (proxy, method, given) -> {
                    if (method.getName().equals("believing")) {
                        return proxy;
                    }
                    if (method.getName().startsWith("histor")) {
                        walks.add(String.valueOf(given[0]));
                    }
                    try {
                        return method.invoke(repository, given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void eachBranchIsWalkedOnceHoweverManyServicesThereAre() {
        String sources = "repository: 'file://" + folder.resolve("sources.git") + "'";
        try (World world = new World(folder, Map.of("order-api", sources, "order-report", sources))) {
            world.released("dev", world.release("1.0.0", null));
            world.released("dev", world.release("2.0.0", null));
            Imaas imaas = Imaas.on(
                    world.gitOnly().git(url -> counting(world.ports().git(url))).build(), world.catalog());
            assertThat(imaas.overview(world.tenant()).audit(new ServiceName("order-api"), null, null, 20))
                    .hasSize(2);
            int environments = world.tenant().environments().size();
            assertThat(walks).hasSize(environments).doesNotHaveDuplicates();
            walks.clear();
            imaas.overview(world.tenant()).period(Instant.EPOCH, Instant.MAX);
            assertThat(walks).doesNotHaveDuplicates();
            assertThat(walks.size()).isLessThanOrEqualTo(2 * environments);
        }
    }
}
