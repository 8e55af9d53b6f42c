package io.imaas.app.request;

import io.imaas.app.Audit;
import io.imaas.app.Imaas;
import io.imaas.app.IntendedPlan;
import io.imaas.app.access.Visitor;
import io.imaas.model.failure.FailureException;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.report.Json;
import io.imaas.report.PlanHtml;
import io.imaas.report.PlanText;
import io.imaas.report.Terminal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Answers verified people and programs from what Git and the cluster of a tenant have now. Nothing is done. */
public final class Questions {
    /** What is read from Git for one tenant, and waits for it: nobody's questions fill the memory. */
    private static final int READING = 50;

    private static final Duration LATER = Duration.ofSeconds(2);
    /** Whoever asked what Git, or a cluster, does not answer is told so; what was begun is read to its end. */
    private static final int SECONDS = 15;

    private final Turns turns;
    private final Supplier<Imaas> engine;
    private final Supplier<Imaas> looking;
    private final Map<TenantName, Semaphore> reading = new ConcurrentHashMap<>();

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

    /**
     * @param engine the application with the platform as it is now
     * @param looking the same on ports that only read
     */
    Questions(Turns turns, Supplier<Imaas> engine, Supplier<Imaas> looking) {
        this.turns = turns;
        this.engine = engine;
        this.looking = looking;
    }

    /**
     * Reads something of a tenant, in that tenant's turn.
     *
     * @return fails with EXTERNAL when it takes longer than {@value #SECONDS} s
     * @throws FailureException EXTERNAL when as many wait for the tenant already as may
     */
    public <T> CompletableFuture<T> read(TenantName tenant, BiFunction<Imaas, Tenant, T> question) {
        return read(false, engine, tenant, question);
    }

    /**
     * Where a tenant's space is not as the platform's files say.
     *
     * @throws FailureException EXTERNAL as {@link #read}
     */
    public CompletableFuture<List<Audit.Finding>> drift(Visitor visitor, TenantName tenant) {
        return read(true, looking, tenant, (imaas, of) -> Audit.of(imaas, of, visitor.actor()));
    }

    private <T> CompletableFuture<T> read(
            boolean ofCluster, Supplier<Imaas> engine, TenantName tenant, BiFunction<Imaas, Tenant, T> question) {
        Semaphore free = reading.computeIfAbsent(tenant, of -> new Semaphore(READING));
        if (!free.tryAcquire()) {
            throw FailureException.external(
                    READING + " questions about tenant " + tenant + " wait already", "", "ask again in a while", LATER);
        }
        return turns.take(tenant, ofCluster, () -> {
                    Imaas imaas = engine.get();
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
        return turns.take(tenant.name(), false, () -> {
            Imaas imaas = Requests.upToGit(engine.get(), request);
            return shown.apply(imaas, imaas.plan(imaas.tenant(tenant.name()), request, visitor.actor()));
        });
    }
}
