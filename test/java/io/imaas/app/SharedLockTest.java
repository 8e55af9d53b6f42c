package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.catalog.CatalogReader;
import io.imaas.dev.local.FolderLock;
import io.imaas.model.identity.Actor;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.delivery.Intent;
import io.imaas.plan.step.EnsureManifests;
import io.imaas.plan.step.StepGroup;
import io.imaas.port.Clock;
import io.imaas.port.RunLock;
import io.imaas.run.DueStep;
import io.imaas.run.Outcome;
import io.imaas.run.Scheduler;
import io.imaas.testing.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of several doors on one platform. */
class SharedLockTest {
    private static final Duration SHORT = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock("2026-11-28T10:00:00Z");
    private final Catalog catalog = CatalogReader.read(Map.of(
                    "platform.yaml",
                    "platform: acme\nregistries: [registry.example.org/imaas]\n",
                    "tenants/orders.yaml",
                    tenantFile("orders"),
                    "tenants/payments.yaml",
                    tenantFile("payments")))
            .orThrow();

    @Test
    void theRunsOfOneProcessShareItAndGiveItBackAfterTheLast() {
        AtomicInteger held = new AtomicInteger();
        RunLock lock = patience -> {
            held.incrementAndGet();
            return held::decrementAndGet;
        };
        SharedLock shared = new SharedLock(lock, clock);
        RunLock.Held orders = shared.hold("tenant orders", SHORT);
        RunLock.Held payments = shared.hold("tenant payments", SHORT);

        assertThat(held).hasValue(1);
        assertThatThrownBy(() -> shared.hold("tenant orders", SHORT)).hasMessageContaining("another run is changing");
        orders.close();
        orders.close();
        assertThat(held).hasValue(1);
        payments.close();
        assertThat(held).hasValue(0);
    }

    @Test
    void whoHasToWaitHearsWhatFor() {
        RunLock.Held other = new FolderLock(folder, clock).hold(SHORT);
        SharedLock shared = new SharedLock(new FolderLock(folder, clock), clock);
        List<String> said = new ArrayList<>();
        shared.hold("the platform", Duration.ofMinutes(10), words -> {
                    said.add(words);
                    other.close();
                })
                .close();
        assertThat(said).containsExactly("waiting for up to 10 min: another run is changing this cluster");

        shared.hold("the platform", SHORT, said::add).close();
        assertThat(said).hasSize(1);
    }

    @Test
    void anOnboardingWaitsForThatOfAnotherProcessWhateverDoorItCameThrough() throws InterruptedException {
        Imaas jenkins = process();
        Imaas server = process();
        Scheduler first = start(jenkins, "orders");
        DueStep running = first.next().get(0);
        Scheduler ofTheSameProcess = start(jenkins, "payments");
        assertThat(ofTheSameProcess.next()).hasSize(1);

        Scheduler second = start(server, "payments");
        assertThat(second.next()).isEmpty();
        assertThat(second.waitingFor()).contains("another run is changing this cluster");

        first.ended(running.step(), Outcome.done(null, List.of()));
        ofTheSameProcess.ended(running.step(), Outcome.done(null, List.of()));
        assertThat(first.isOver()).isTrue();
        assertThat(ofTheSameProcess.isOver()).isTrue();
        clock.pause(Duration.between(clock.now(), second.dueAt().orElseThrow()));
        assertThat(second.next()).hasSize(1);
    }

    private Imaas process() {
        return Imaas.on(
                Ports.builder()
                        .with(Clock.class, clock)
                        .with(SharedLock.class, new SharedLock(new FolderLock(folder, clock), clock))
                        .build(),
                catalog);
    }

    private Scheduler start(Imaas imaas, String name) {
        Tenant tenant = catalog.tenants().stream()
                .filter(one -> one.name().value().equals(name))
                .findFirst()
                .orElseThrow();
        Plan plan = new Plan(
                "Onboard " + name,
                null,
                List.of(),
                List.of(StepGroup.of(new EnsureManifests("space-dev", new EnvironmentName("dev"), List.of()))),
                List.of());
        return imaas.start(
                new IntendedPlan(Intent.ONBOARD, tenant, plan, List.of(), "").askedBy(null, Actor.unverified("@ann")),
                event -> {});
    }

    private static String tenantFile(String name) {
        return "tenant: " + name + "\nowners: ['@acme/leads']\ncontact: a@example.org\n"
                + "gitops: https://git.example.org/" + name + ".git\nenvironments: [{name: dev}]\n"
                + "quota: {cpu: 4, memory: 8Gi, pods: 20}\n";
    }
}
