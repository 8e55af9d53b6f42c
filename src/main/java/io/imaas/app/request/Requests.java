package io.imaas.app.request;

import io.imaas.app.Imaas;
import io.imaas.app.IntendedPlan;
import io.imaas.app.access.Visitor;
import io.imaas.app.platform.CatalogCache;
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
import io.imaas.report.RunJson;
import io.imaas.run.RunResult;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Takes requests of verified people and programs. What is asked is done up to Git; whoever follows rollouts follows it.
 * A request with a key that was used before is not done again: it gets the answer that the first one got.
 */
public final class Requests implements AutoCloseable {
    static final String SOURCE = "/api";

    private static final int KEPT = 10_000;

    private final Supplier<Imaas> engine;
    private final EventLog log;
    private final Clock clock;
    private final Turns turns = new Turns();
    private final Questions questions;

    private final Map<String, Asked> asked = new LinkedHashMap<>();
    private final Presence presence;
    private final OpenRequests open;

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

    private record Asked(PlanRequest request, CompletableFuture<Answered> answer, Instant at) {
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
        this.engine = () -> engine.apply(catalog.get());
        this.questions = new Questions(turns, clock, this.engine, () -> looking.apply(catalog.get()));
        this.log = log;
        this.clock = clock;
        this.presence = presence;
        this.open = new OpenRequests(log, presence, clock);
    }

    /** In the turns of the same tenants. */
    public Questions questions() {
        return questions;
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
     * Does what a visitor asks for.
     *
     * @throws FailureException POLICY when the visitor may not; CONFLICT when the key stands for another request
     */
    public CompletableFuture<Answered> ask(Visitor visitor, Tenant of, Order order) {
        visitor.requireMay(order.request(), of);
        TenantName tenant = of.name();
        String id = id(visitor, tenant, order.key());
        CompletableFuture<Answered> answer = new CompletableFuture<>();
        synchronized (asked) {
            Asked before = asked.get(id);
            if (before != null) {
                return before.of(order.request());
            }
            asked.put(id, new Asked(order.request(), answer, clock.now()));
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
                .thenCompose(fresh -> turns.take(
                        tenant, order.request().isOfCluster(), () -> run(fresh == 0 ? again(wanted) : wanted)))
                .whenComplete((done, failure) -> {
                    questions.changed(tenant);
                    if (failure == null) {
                        answer.complete(done);
                    } else {
                        answer.completeExceptionally(failure);
                    }
                });
        return answer;
    }

    /** What came of a visitor's own request; empty when it is not known here. */
    public Optional<Known<Answered>> answered(Visitor visitor, Tenant of, String key) {
        synchronized (asked) {
            return Optional.ofNullable(asked.get(id(visitor, of.name(), key)))
                    .map(one -> Known.of(one.answer(), one.at()));
        }
    }

    private static String id(Visitor visitor, TenantName tenant, String key) {
        // A person's name may have any character, and must not be taken for the rest of somebody else's id.
        String who = URLEncoder.encode(visitor.actor().name(), StandardCharsets.UTF_8);
        return String.join("|", "request", tenant.value(), who, key);
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
    static Imaas upToGit(Imaas whole, PlanRequest request) {
        return request.isOfCluster() ? whole : whole.committing();
    }

    private record Wanted(TenantName tenant, Actor actor, String id, Order order) {}

    private Answered run(Wanted wanted) {
        try {
            Imaas imaas = upToGit(engine.get(), wanted.order().request());
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

    @Override
    public void close() {
        turns.close();
    }
}
