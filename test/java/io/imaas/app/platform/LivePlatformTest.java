package io.imaas.app.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.catalog.CatalogReader;
import io.imaas.model.failure.FailureException;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.TenantName;
import io.imaas.testing.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class LivePlatformTest {
    private final Map<String, Integer> quotas = new TreeMap<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final Set<String> closed = ConcurrentHashMap.newKeySet();
    private final CountDownLatch never = new CountDownLatch(1);
    private final LivePlatform<Context> platform =
            new LivePlatform<>(new CatalogCache(this::read), (catalog, tenant) -> new Context(tenant.name()), e -> {});

    private final class Context implements AutoCloseable {
        private final TenantName tenant;

        Context(TenantName tenant) {
            if (tenant.value().startsWith("hangs")) {
                await(never);
            }
            this.tenant = tenant;
        }

        @Override
        public void close() {
            closed.add(tenant.value());
        }
    }

    @AfterEach
    void end() {
        never.countDown();
        platform.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Catalog read() {
        reads.incrementAndGet();
        Map<String, String> files = new TreeMap<>();
        files.put("platform.yaml", "platform: acme\nregistries: [registry.example.org/imaas]\n");
        quotas.forEach((tenant, pods) -> files.put(
                "tenants/" + tenant + ".yaml",
                "tenant: " + tenant + "\nowners: [\"@acme/leads\"]\ncontact: leads@example.org\n"
                        + "gitops: https://git.example.org/" + tenant
                        + "-gitops.git\nquota: {cpu: 8, memory: 16Gi, pods: "
                        + pods + "}\nservices: [{name: api, type: gateway, repository: 'https://git.example.org/"
                        + tenant
                        + ".git'}]\n"));
        return CatalogReader.read(files).orThrow();
    }

    @Test
    void aChangeOfOneTenantsFileClosesThatTenantAlone() throws InterruptedException {
        quotas.put("orders", 4);
        quotas.put("payments", 4);
        Context orders = platform.context(new TenantName("orders"));
        Context payments = platform.context(new TenantName("payments"));

        quotas.put("orders", 5);
        platform.refresh();

        assertThat(platform.context(new TenantName("payments"))).isSameAs(payments);
        assertThat(platform.context(new TenantName("orders"))).isNotSameAs(orders);
        Await.until(() -> !closed.isEmpty());
        assertThat(closed).containsExactly("orders");
    }

    @Test
    void tenantsThatHangDelayNoOther() throws Exception {
        for (int i = 0; i < 50; i++) {
            quotas.put((i < 5 ? "hangs-" : "works-") + i, 4);
        }
        platform.refresh();
        List<Future<TenantName>> working = new ArrayList<>();
        for (String name : quotas.keySet()) {
            TenantName tenant = new TenantName(name);
            for (int round = 0; round < 20; round++) {
                Future<TenantName> work = platform.submit(tenant, () -> platform.context(tenant).tenant);
                if (name.startsWith("works")) {
                    working.add(work);
                }
            }
        }
        for (Future<TenantName> work : working) {
            assertThat(work.get(30, TimeUnit.SECONDS).value()).startsWith("works");
        }
        assertThat(platform.refresh().tenants()).hasSize(50);
    }

    @Test
    void manyWhoWantItFreshCauseFewReads() throws Exception {
        quotas.put("orders", 4);
        CountDownLatch reading = new CountDownLatch(1);
        AtomicInteger slow = new AtomicInteger();
        CatalogCache cache = new CatalogCache(() -> {
            slow.incrementAndGet();
            await(reading);
            return read();
        });
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Thread thread = new Thread(cache::refresh);
            thread.start();
            threads.add(thread);
        }
        Await.until(() -> threads.stream()
                .noneMatch(
                        thread -> thread.getState() == Thread.State.RUNNABLE || thread.getState() == Thread.State.NEW));
        reading.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(slow.get()).isBetween(1, 3);
    }

    @Test
    void aReadThatFailsLeavesWhatWasKnown() {
        quotas.put("orders", 4);
        Catalog before = platform.catalog();
        quotas.put("Not a tenant", 4);

        assertThatThrownBy(platform::refresh).isInstanceOf(FailureException.class);
        assertThat(platform.catalog()).isEqualTo(before);
    }

    @Test
    void aClosedPlatformNeverComesBack() {
        quotas.put("orders", 4);
        platform.context(new TenantName("orders"));
        platform.close();

        assertThatThrownBy(() -> platform.context(new TenantName("orders"))).hasMessageContaining("closed");
    }

    @Test
    void whatIsBeingMadeWhenAllIsClosedIsClosedByWhoMakesIt() throws Exception {
        quotas.put("hangs-1", 4);
        platform.refresh();
        Thread maker = new Thread(() -> assertThatThrownBy(() -> platform.context(new TenantName("hangs-1")))
                .isInstanceOf(FailureException.class));
        maker.start();
        Await.until(() -> maker.getState() == Thread.State.WAITING);
        platform.close();
        assertThat(closed).isEmpty();
        never.countDown();
        maker.join();
        assertThat(closed).containsExactly("hangs-1");
    }

    @Test
    void whatRunsWhenItIsClosedIsInterruptedAndWaitedFor() throws Exception {
        quotas.put("orders", 4);
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        Future<Object> work = platform.submit(new TenantName("orders"), () -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
            return null;
        });
        begun.await();

        platform.close();
        assertThat(platform.awaitEnd(Duration.ofSeconds(20))).isTrue();
        assertThat(work).isDone();
        assertThat(interrupted).isTrue();
    }

    @Test
    void whoeverCouldNotBeServedIsTriedAgain() {
        quotas.put("orders", 4);
        AtomicInteger tries = new AtomicInteger();
        try (LivePlatform<Context> other = new LivePlatform<>(
                new CatalogCache(this::read),
                (catalog, tenant) -> {
                    if (tries.incrementAndGet() == 1) {
                        throw FailureException.input("no login", "", "give one");
                    }
                    return new Context(tenant.name());
                },
                e -> {})) {
            assertThatThrownBy(() -> other.context(new TenantName("orders"))).hasMessageContaining("no login");
            assertThat(other.context(new TenantName("orders")).tenant.value()).isEqualTo("orders");
        }
    }
}
