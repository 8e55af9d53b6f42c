package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.adapter.sqlite.SqliteEventLog;
import io.imaas.app.access.Right;
import io.imaas.app.access.Visitor;
import io.imaas.app.platform.CatalogCache;
import io.imaas.app.request.Questions;
import io.imaas.app.request.Requests;
import io.imaas.app.request.Requests.Order;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Actor;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.PlanRequest.ResumeRequest;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import io.imaas.port.EventLog;
import io.imaas.port.Presence;
import io.imaas.testing.Await;
import io.imaas.testing.ManualClock;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a request when the log keeps nothing, or kept it for a server that is another one or is gone. */
class RequestsTest {
    private static final Visitor RITA =
            new Visitor(new Actor("@rita", Actor.Proof.TOKEN, List.of()), Set.of("*"), Set.of(Right.RESUME));

    @TempDir
    private Path folder;

    private final Deque<CompletableFuture<Integer>> appends = new ArrayDeque<>();
    private final CatalogCache catalog =
            new CatalogCache(() -> Metadata.catalog("orders", "https://github.com/acme/order-api.git"));
    private final CountDownLatch killed = new CountDownLatch(1);
    private final AtomicInteger runs = new AtomicInteger();
    private final List<Requests> servers = new ArrayList<>();
    private final List<EventLog> logs = new ArrayList<>();

    private EventLog unwilling() {
        return (EventLog) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {EventLog.class},
                (proxy, method, given) -> switch (method.getName()) {
                    case "after", "before" -> List.of();
                    case "position" -> 0L;
                    case "advance" -> null;
                    default -> appends.isEmpty() ? CompletableFuture.completedFuture(1) : appends.remove();
                });
    }

    private EventLog kept() {
        EventLog log = SqliteEventLog.open(folder.resolve("events.db"), () -> Instant.MIN);
        logs.add(log);
        return log;
    }

    /** @param stands counted down when its requests come to an end */
    private Requests server(EventLog log, Presence presence, CountDownLatch stands) {
        Requests server = new Requests(
                catalog,
                now -> {
                    runs.incrementAndGet();
                    try {
                        stands.await();
                    } catch (InterruptedException e) {
                        throw FailureException.external("interrupted", "", "", (Throwable) null);
                    }
                    throw FailureException.external("it was carried out", "", "", (Throwable) null);
                },
                now -> null,
                log,
                presence,
                new ManualClock("2026-11-20T10:00:00Z"));
        servers.add(server);
        return server;
    }

    private Requests server(EventLog log) {
        return server(log, Presence.alone(), new CountDownLatch(0));
    }

    @AfterEach
    void close() {
        killed.countDown();
        servers.forEach(Requests::close);
        logs.forEach(EventLog::close);
    }

    private CompletableFuture<?> ask(Requests server, String environment) {
        return ask(server, environment, RITA, "key");
    }

    private CompletableFuture<?> ask(Requests server, String environment, Visitor visitor, String key) {
        catalog.refresh();
        PlanRequest resume = new ResumeRequest(new ServiceName("order-api"), new EnvironmentName(environment));
        return server.ask(visitor, catalog.get().tenants().get(0), new Order(resume, key, "", Optional.empty()));
    }

    private List<String> told(EventLog log) {
        return log.after(0, 100).stream().map(stored -> stored.event().type()).toList();
    }

    @Test
    void aRequestThatCouldNotBeKeptIsCarriedOutWhenItIsSentAgain() {
        Requests server = server(unwilling());
        appends.add(CompletableFuture.failedFuture(
                FailureException.external("the disk is full", "", "send it again", (Throwable) null)));
        assertThatThrownBy(ask(server, "dev")::join).hasMessageContaining("the disk is full");
        assertThatThrownBy(ask(server, "dev")::join).hasMessageContaining("it was carried out");
        assertThatThrownBy(ask(server, "dev")::join)
                .as("it was not done twice")
                .hasMessageContaining("it was carried out");
        assertThat(runs).hasValue(1);
    }

    @Test
    void whoAsksWhatGitDoesNotAnswerIsToldSo() {
        Requests server = server(unwilling(), Presence.alone(), killed);
        catalog.refresh();
        Questions questions = server.questions();
        Questions.Question<String> question = questions.of(new TenantName("orders"), (imaas, tenant) -> "never");
        assertThatThrownBy(questions.answer(question, Duration.ofSeconds(1))::join)
                .hasMessageContaining("tenant orders could not be read within 1 s");
        assertThat(questions.known(question, Instant.EPOCH).isOpen()).isTrue();
    }

    @Test
    void whoseNameLooksLikeTheIdOfAnothersRequestHidesNothingOfIt() {
        EventLog log = kept();
        Requests server = server(log);
        Visitor odd = new Visitor(new Actor("@rita|key", Actor.Proof.TOKEN, List.of()), RITA.tenants(), RITA.rights());
        assertThatThrownBy(ask(server, "dev", odd, "failed")::join).hasMessageContaining("it was carried out");
        assertThatThrownBy(ask(server, "dev")::join).hasMessageContaining("it was carried out");
        assertThat(told(log))
                .containsExactly("request.accepted", "request.failed", "request.accepted", "request.failed");
    }

    @Test
    void aRequestThatAnotherServerTookIsNotCarriedOutHere() {
        Presence one = Presence.alone();
        Presence two = new Presence() {
            @Override
            public String own() {
                return "two";
            }

            @Override
            public boolean isGone(String process) {
                return false;
            }
        };
        EventLog log = kept();
        CompletableFuture<?> first = ask(server(log, one, killed), "dev");
        Await.until(() -> runs.get() == 1);
        Requests other = server(log, two, new CountDownLatch(0));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(ask(other, "dev")::join).hasMessageContaining("under way at another server");
        }
        killed.countDown();
        assertThatThrownBy(first::join).hasMessageContaining("it was carried out");
        assertThatThrownBy(ask(other, "dev")::join)
                .hasMessageContaining("used already, and the request failed at 2026");
        assertThat(runs).hasValue(1);
        assertThat(told(log)).containsExactly("request.accepted", "request.failed");
    }

    /** A server is killed after it took a request, and another one is started: again and again, with the same key. */
    @Test
    void aRequestWhoseServerIsGoneIsToldAndItsKeyMayBeUsedAgain() {
        for (int kill = 0; kill < 2; kill++) {
            int before = kill;
            CompletableFuture<?> unused = ask(server(kept(), Presence.alone(), killed), "dev");
            Await.until(() -> runs.get() == before + 1);
            EventLog log = kept();
            Requests restarted = server(log, Presence.alone(), new CountDownLatch(0));
            restarted.lookAtOpen();
            restarted.lookAtOpen();
            assertThat(told(log)).hasSize(2 * kill + 2).endsWith("request.accepted", "request.interrupted");
            assertThat(log.after(0, 100).get(2 * kill + 1).event().data())
                    .containsEntry("by", "@rita")
                    .containsKey("why");
        }
        EventLog log = kept();
        Requests last = server(log);
        assertThatThrownBy(ask(last, "test")::join).hasMessageContaining("used for another request");
        assertThatThrownBy(ask(last, "dev")::join).hasMessageContaining("it was carried out");
        assertThatThrownBy(ask(last, "dev")::join).hasMessageContaining("it was carried out");
        assertThat(runs).hasValue(3);
        assertThat(told(log)).hasSize(6).endsWith("request.accepted", "request.failed");
        assertThatThrownBy(ask(server(log), "dev")::join).hasMessageContaining("the request failed at");
        last.lookAtOpen();
        Await.until(() -> log.position("requests") == log.last());
    }
}
