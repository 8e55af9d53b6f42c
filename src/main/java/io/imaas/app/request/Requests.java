package io.imaas.app.request;

import io.imaas.app.Audit;
import io.imaas.app.Imaas;
import io.imaas.app.IntendedPlan;
import io.imaas.app.access.Visitor;
import io.imaas.app.platform.CatalogCache;
import io.imaas.app.platform.TenantExecutors;
import io.imaas.model.event.CloudEvent;
import io.imaas.model.event.TraceParent;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Reason;
import io.imaas.model.identity.Actor;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.Request;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.port.Clock;
import io.imaas.port.EventLog;
import io.imaas.port.Presence;
import io.imaas.report.Json;
import io.imaas.report.PlanHtml;
import io.imaas.report.PlanText;
import io.imaas.report.RunJson;
import io.imaas.report.Terminal;
import io.imaas.run.RunResult;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Takes requests of verified people and programs. What is asked is done up to Git; whoever follows rollouts follows it.
 * A request with a key that was used before is not done again: it gets the answer that the first one got.
 */
public final class Requests implements AutoCloseable {
    static final String SOURCE = "/api";

    private static final int KEPT = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** What is read from Git for one tenant, and waits for it: nobody's questions fill the memory. */
    private static final int READING = 50;

    private static final Duration LATER = Duration.ofSeconds(2);
    /** Whoever asked what Git, or a cluster, does not answer is told so; what was begun is read to its end. */
    private static final int SECONDS = 15;

    private final CatalogCache catalog;
    private final Function<Catalog, Imaas> engine;
    private final Function<Catalog, Imaas> looking;
    private final EventLog log;
    private final Clock clock;
    private final TenantExecutors threads = new TenantExecutors(1);
    /** What is waited for in the cluster lets the tenant's other requests pass. */
    private final TenantExecutors slow = new TenantExecutors(1);

    private final Map<String, Asked> asked = new LinkedHashMap<>();
    private final Presence presence;
    private final OpenRequests open;
    private final Map<TenantName, Semaphore> reading = new ConcurrentHashMap<>();

    /**
     * What somebody wants to have done.
     *
     * @param key the asker's own name for this request
     * @param basis of the plan that the visitor saw: on another one nothing is done; empty: on any
     * @param cause the trace that it is part of
     */
    public record Order(PlanRequest request, String key, String basis, Optional<TraceParent> cause) {}

    /**
     * What came of a request.
     *
     * @param run as programs read it
     * @param failure why it was not done, the first of them; empty when it was
     * @param againAt when a closed gate's answer changes by itself; empty when it does not
     */
    public record Answered(Map<String, Object> run, Optional<Failure> failure, Optional<Instant> againAt) {
        public Answered {
            run = Map.copyOf(run);
        }
    }

    /**
     * What a request would do now.
     *
     * @param nothing why it would do nothing, a sentence; empty when it would do something
     * @param shown as people read it, a fragment of HTML
     * @param basis names what the plan was made on: see {@link Imaas#basis}
     */
    public record Planned(String title, String nothing, String shown, String basis) {}

    /**
     * The same for a command line.
     *
     * @param plan as programs read it
     * @param text as people read it
     * @param exitCode of the command
     */
    public record DryRun(Map<String, Object> plan, String text, int exitCode) {}

    private record Asked(PlanRequest request, CompletableFuture<Answered> answer) {
        CompletableFuture<Answered> of(PlanRequest now) {
            if (!now.equals(request)) {
                throw OpenRequests.another();
            }
            return answer;
        }
    }

    /**
     * @param engine the application with the platform as it is now
     * @param looking the same on ports that only read
     * @param presence of the servers that share the log
     */
    public Requests(
            CatalogCache catalog,
            Function<Catalog, Imaas> engine,
            Function<Catalog, Imaas> looking,
            EventLog log,
            Presence presence,
            Clock clock) {
        this.catalog = catalog;
        this.engine = engine;
        this.looking = looking;
        this.log = log;
        this.clock = clock;
        this.presence = presence;
        this.open = new OpenRequests(log, presence, clock);
    }

    /**
     * Tells of requests whose server ended before they did. Their keys may be used again.
     *
     * @throws FailureException EXTERNAL when the log can't be read, or keeps nothing
     */
    public void lookAtOpen() {
        open.look();
    }

    /**
     * Reads something of a tenant, in that tenant's turn.
     *
     * @return fails with EXTERNAL when it takes longer than {@value #SECONDS} s
     * @throws FailureException EXTERNAL when as many wait for the tenant already as may
     */
    public <T> CompletableFuture<T> read(TenantName tenant, BiFunction<Imaas, Tenant, T> question) {
        return read(threads, engine, tenant, question);
    }

    /**
     * Where a tenant's space is not as the platform's files say.
     *
     * @throws FailureException EXTERNAL as {@link #read}
     */
    public CompletableFuture<List<Audit.Finding>> drift(Visitor visitor, TenantName tenant) {
        return read(slow, looking, tenant, (imaas, of) -> Audit.of(imaas, of, visitor.actor()));
    }

    private <T> CompletableFuture<T> read(
            TenantExecutors threads,
            Function<Catalog, Imaas> engine,
            TenantName tenant,
            BiFunction<Imaas, Tenant, T> question) {
        Semaphore free = reading.computeIfAbsent(tenant, of -> new Semaphore(READING));
        if (!free.tryAcquire()) {
            throw FailureException.external(
                    READING + " questions about tenant " + tenant + " wait already", "", "ask again in a while", LATER);
        }
        return submit(threads, tenant, () -> {
                    Imaas imaas = engine.apply(catalog.get());
                    return question.apply(imaas, imaas.tenant(tenant));
                })
                .whenComplete((answer, failure) -> free.release())
                .copy()
                .orTimeout(SECONDS, TimeUnit.SECONDS)
                .exceptionally(e -> {
                    throw e instanceof TimeoutException
                            ? FailureException.external(
                                    "tenant " + tenant + " could not be read within " + SECONDS + " s",
                                    "",
                                    "see whether its Git server answers, and ask again",
                                    LATER)
                            : (CompletionException) e;
                });
    }

    /**
     * What a request would do now; nothing is done.
     *
     * @throws FailureException POLICY when the visitor may not ask for it
     */
    public CompletableFuture<Planned> plan(Visitor visitor, Tenant tenant, PlanRequest request) {
        return planned(
                visitor,
                tenant,
                request,
                (imaas, plan) -> new Planned(
                        plan.plan().title(), nothing(plan), PlanHtml.fragment(plan.plan()), imaas.basis(plan)));
    }

    private static String nothing(IntendedPlan plan) {
        if (plan.blocked()) {
            return "A gate is closed: nothing would be done.";
        }
        return plan.isNothing() ? "There is nothing to do." : "";
    }

    /**
     * The same for a command line.
     *
     * @param terminal of the person who reads it
     * @param full whether every gate's answer and every changed line is told
     * @throws FailureException POLICY when the visitor may not ask for it
     */
    public CompletableFuture<DryRun> dryRun(
            Visitor visitor, Tenant tenant, PlanRequest request, Terminal terminal, boolean full) {
        return planned(
                visitor,
                tenant,
                request,
                (imaas, plan) ->
                        new DryRun(Json.map(plan.plan()), PlanText.of(plan.plan(), terminal, full), plan.exitCode()));
    }

    private <T> CompletableFuture<T> planned(
            Visitor visitor, Tenant tenant, PlanRequest request, BiFunction<Imaas, IntendedPlan, T> shown) {
        visitor.requireMay(request, tenant);
        return submit(tenant.name(), () -> {
            Imaas imaas = engine(request);
            return shown.apply(imaas, imaas.plan(imaas.tenant(tenant.name()), request, visitor.actor()));
        });
    }

    /**
     * Does what a visitor asks for.
     *
     * @throws FailureException POLICY when the visitor may not; CONFLICT when the key stands for another request
     */
    public CompletableFuture<Answered> ask(Visitor visitor, Tenant of, Order order) {
        visitor.requireMay(order.request(), of);
        TenantName tenant = of.name();
        // A person's name may have any character, and must not be taken for the rest of somebody else's id.
        String who = URLEncoder.encode(visitor.actor().name(), StandardCharsets.UTF_8);
        String id = String.join("|", "request", tenant.value(), who, order.key());
        CompletableFuture<Answered> answer = new CompletableFuture<>();
        synchronized (asked) {
            Asked before = asked.get(id);
            if (before != null) {
                return before.of(order.request());
            }
            asked.put(id, new Asked(order.request(), answer));
            if (asked.size() > KEPT) {
                asked.remove(asked.keySet().iterator().next());
            }
        }
        Wanted wanted = new Wanted(tenant, visitor.actor(), id, order);
        CompletableFuture<?> unused = log.append(List.of(event(id, "accepted", wanted, Map.of())))
                .whenComplete((fresh, failure) -> {
                    if (failure != null) {
                        // Nobody took it, so it may be sent again.
                        forget(id);
                    }
                })
                .thenCompose(fresh -> submit(
                        order.request().isOfCluster() ? slow : threads,
                        tenant,
                        () -> run(fresh == 0 ? again(wanted) : wanted)))
                .whenComplete((done, failure) -> {
                    if (failure == null) {
                        answer.complete(done);
                    } else {
                        answer.completeExceptionally(failure);
                    }
                });
        return answer;
    }

    /** What another server, or this one before its start, took and did not end, is begun again. */
    private Wanted again(Wanted wanted) {
        try {
            String key = wanted.order().key();
            String id = open.again(wanted.id(), key, wanted.order().request().toString());
            Wanted next = new Wanted(wanted.tenant(), wanted.actor(), id, wanted.order());
            if (log.append(List.of(event(id, "accepted", next, Map.of()))).join() == 0) {
                throw OpenRequests.used(key, "and the request is under way at another server");
            }
            return next;
        } catch (RuntimeException e) {
            forget(wanted.id());
            throw e;
        }
    }

    private void forget(String id) {
        synchronized (asked) {
            asked.remove(id);
        }
    }

    /** What is made or removed in the cluster is done here to its end; all else up to Git. */
    private Imaas engine(PlanRequest request) {
        Imaas whole = engine.apply(catalog.get());
        return request.isOfCluster() ? whole : whole.committing();
    }

    private record Wanted(TenantName tenant, Actor actor, String id, Order order) {}

    private Answered run(Wanted wanted) {
        try {
            Imaas imaas = engine(wanted.order().request());
            IntendedPlan plan =
                    imaas.plan(imaas.tenant(wanted.tenant()), wanted.order().request(), wanted.actor());
            String basis = wanted.order().basis();
            if (!basis.isEmpty() && !basis.equals(imaas.basis(plan))) {
                throw FailureException.conflict(
                        "something changed since this plan was shown, and nothing was done",
                        wanted.tenant().value(),
                        "go back, and look at the plan as it is now");
            }
            RunResult result = imaas.traced(plan, wanted.order().cause()).run(plan, event -> {});
            Answered answered = new Answered(
                    RunJson.of(plan.plan(), result),
                    result.failures().stream().findFirst().filter(failed -> result.status() == RunResult.Status.FAILED),
                    plan.asksAgainAt());
            String verb = answered.failure().isEmpty() ? "ended" : plan.blocked() ? "refused" : "failed";
            keep(wanted, verb, plan, answered.failure());
            return answered;
        } catch (FailureException e) {
            keep(
                    wanted,
                    e.failure().kind() == FailureKind.POLICY ? "refused" : "failed",
                    null,
                    Optional.of(e.failure()));
            throw e;
        }
    }

    /**
     * Before it is answered: the audit log has every write.
     *
     * @param plan null where there is none
     * @throws CompletionException with EXTERNAL that says what came of it when the log can't keep it
     */
    private void keep(Wanted wanted, String verb, IntendedPlan plan, Optional<Failure> failure) {
        Map<String, String> facts = new HashMap<>();
        if (plan != null) {
            facts.put("summary", plan.summary());
            Optional.ofNullable(plan.plan().request())
                    .map(Request::target)
                    .ifPresent(target -> facts.put(CloudEvent.ENVIRONMENT, target.value()));
        }
        failure.map(Failure::sentence).ifPresent(why -> facts.put("why", why));
        log.append(List.of(event(wanted.id() + "|" + verb, verb, wanted, facts)))
                .exceptionally(unkept -> {
                    throw FailureException.external(
                            "the request " + verb + ", and the log of events could not keep that: " + Reason.of(unkept),
                            facts.getOrDefault("summary", wanted.tenant().value()),
                            "look at what runs there before you ask again",
                            unkept);
                })
                .join();
    }

    private CloudEvent event(String id, String verb, Wanted wanted, Map<String, String> facts) {
        Map<String, String> data = new HashMap<>(facts);
        wanted.order().cause().ifPresent(trace -> data.put(TraceParent.NAME, trace.value()));
        data.put("by", wanted.actor().name());
        data.put("proof", wanted.actor().proof().name());
        data.put(OpenRequests.REQUEST, wanted.order().request().toString());
        data.put(OpenRequests.ORDER, wanted.id());
        data.put(OpenRequests.PROCESS, presence.own());
        String tenant = wanted.tenant().value();
        return new CloudEvent(id, SOURCE, "request." + verb, tenant, clock.now(), tenant, data);
    }

    private <T> CompletableFuture<T> submit(TenantName tenant, Callable<T> work) {
        return submit(threads, tenant, work);
    }

    private static <T> CompletableFuture<T> submit(TenantExecutors threads, TenantName tenant, Callable<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        Future<?> unused = threads.submit(tenant, () -> {
            try {
                done.complete(work.call());
            } catch (Exception | StackOverflowError e) {
                done.completeExceptionally(e);
            }
            return null;
        });
        return done;
    }

    @Override
    public void close() {
        slow.closeAndWait(PATIENCE);
        threads.closeAndWait(PATIENCE);
    }
}
