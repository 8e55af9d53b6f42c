package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.app.access.Right;
import io.imaas.app.access.Visitor;
import io.imaas.app.platform.CatalogCache;
import io.imaas.app.request.Requests;
import io.imaas.app.request.Requests.Order;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Actor;
import io.imaas.model.request.PlanRequest.ResumeRequest;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.port.EventLog;
import io.imaas.testing.ManualClock;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a request when the log keeps nothing, or kept it for another server. */
class RequestsTest {
    private static final Visitor RITA =
            new Visitor(new Actor("@rita", Actor.Proof.TOKEN, List.of()), Set.of("*"), Set.of(Right.RESUME));

    private final Deque<CompletableFuture<Integer>> appends = new ArrayDeque<>();
    private final CatalogCache catalog =
            new CatalogCache(() -> Metadata.catalog("orders", "https://github.com/acme/order-api.git"));
    private final Requests requests = new Requests(
            catalog,
            now -> {
                throw FailureException.external("it was carried out", "", "", (Throwable) null);
            },
            now -> null,
            log(),
            new ManualClock("2026-11-20T10:00:00Z"));

    private EventLog log() {
        return (EventLog) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {EventLog.class},
                (proxy, method, given) -> appends.isEmpty() ? CompletableFuture.completedFuture(1) : appends.remove());
    }

    @AfterEach
    void close() {
        requests.close();
    }

    private void ask() {
        catalog.refresh();
        ResumeRequest resume = new ResumeRequest(new ServiceName("order-api"), new EnvironmentName("dev"));
        requests.ask(RITA, catalog.get().tenants().get(0), new Order(resume, "key", "", Optional.empty()))
                .join();
    }

    @Test
    void aRequestThatCouldNotBeKeptIsCarriedOutWhenItIsSentAgain() {
        appends.add(CompletableFuture.failedFuture(
                FailureException.external("the disk is full", "", "send it again", (Throwable) null)));
        assertThatThrownBy(this::ask).hasMessageContaining("the disk is full");
        assertThatThrownBy(this::ask).hasMessageContaining("it was carried out");
        assertThatThrownBy(this::ask).as("it was not done twice").hasMessageContaining("it was carried out");
    }

    @Test
    void aRequestThatAnotherServerTookIsNotCarriedOutHere() {
        appends.add(CompletableFuture.completedFuture(0));
        assertThatThrownBy(this::ask).hasMessageContaining("this Idempotency-Key was used already");
        assertThatThrownBy(this::ask).hasMessageContaining("this Idempotency-Key was used already");
    }
}
