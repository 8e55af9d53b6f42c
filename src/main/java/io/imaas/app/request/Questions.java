package io.imaas.app.request;

import io.imaas.app.Audit;
import io.imaas.app.Imaas;
import io.imaas.app.IntendedPlan;
import io.imaas.app.access.Visitor;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Actor;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.port.Clock;
import io.imaas.report.Json;
import io.imaas.report.PlanHtml;
import io.imaas.report.PlanText;
import io.imaas.report.Terminal;
import java.lang.ref.SoftReference;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
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

    static final Duration LATER = Duration.ofSeconds(2);
    /** A command line waits no longer. */
    private static final Duration PLANNING = Duration.ofMinutes(5);
    /** How many answers are remembered, those that were asked for last, and fewer where memory is short. */
    private static final int KEPT = 200;

    private static final Actor AUDITOR = Actor.machine("imaas-serve");

    private final Turns turns;
    private final Supplier<Imaas> engine;
    private final Supplier<Imaas> looking;
    private final Clock clock;
    private final Map<TenantName, Semaphore> reading = new ConcurrentHashMap<>();
    private final Map<List<Object>, SoftReference<Known<?>>> answers = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * What can be asked of a tenant.
     *
     * @param about what else names it: the same question has the same answer, whoever asks
     * @param ofCluster whether a cluster is asked: then other questions do not wait for it
     * @param engine what it is asked
     */
    public record Question<T>(
            TenantName tenant,
            List<Object> about,
            boolean ofCluster,
            Supplier<Imaas> engine,
            BiFunction<Imaas, Tenant, T> reading) {
        public Question {
            about = List.copyOf(about);
        }

        List<Object> name() {
            return List.of(tenant, about);
        }

        T answer() {
            Imaas imaas = engine.get();
            return reading.apply(imaas, imaas.tenant(tenant));
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

    /**
     * @param engine the application with the platform as it is now
     * @param looking the same on ports that only read
     */
    Questions(Turns turns, Clock clock, Supplier<Imaas> engine, Supplier<Imaas> looking) {
        this.turns = turns;
        this.clock = clock;
        this.engine = engine;
        this.looking = looking;
    }

    /** @param about what names the question beside its tenant */
    public <T> Question<T> of(TenantName tenant, BiFunction<Imaas, Tenant, T> reading, Object... about) {
        return new Question<>(tenant, List.of(about), false, engine, reading);
    }

    /** Where a tenant's space is not as the platform's files say. */
    public Question<List<Audit.Finding>> drift(TenantName tenant) {
        return new Question<>(tenant, List.of("drift"), true, looking, (imaas, of) -> Audit.of(imaas, of, AUDITOR));
    }

    /**
     * The same, read now by the caller's own thread, and remembered.
     *
     * @throws FailureException as {@link Audit#of}
     */
    public List<Audit.Finding> audit(TenantName tenant) {
        Question<List<Audit.Finding>> question = drift(tenant);
        Instant now = clock.now();
        List<Audit.Finding> found = question.answer();
        synchronized (answers) {
            remember(question, remembered(question).anew(now).ended(found, null));
        }
        return found;
    }

    /**
     * Reads in the tenant's turn. What was begun is read to its end, whoever waits for it.
     *
     * @return fails with EXTERNAL when it takes longer than the asker's patience
     * @throws FailureException EXTERNAL when as many wait for the tenant already as may
     */
    public <T> CompletableFuture<T> answer(Question<T> question, Duration patience) {
        return begin(question)
                .copy()
                .orTimeout(patience.toSeconds(), TimeUnit.SECONDS)
                .exceptionally(e -> {
                    throw e instanceof TimeoutException
                            ? FailureException.external(
                                    "tenant " + question.tenant() + " could not be read within " + patience.toSeconds()
                                            + " s",
                                    "",
                                    "see whether its Git server answers, and ask again",
                                    LATER)
                            : (CompletionException) e;
                });
    }

    private <T> CompletableFuture<T> begin(Question<T> question) {
        TenantName tenant = question.tenant();
        Semaphore free = reading.computeIfAbsent(tenant, of -> new Semaphore(READING));
        if (!free.tryAcquire()) {
            throw FailureException.external(
                    READING + " questions about tenant " + tenant + " wait already", "", "ask again in a while", LATER);
        }
        return turns.take(tenant, question.ofCluster(), question::answer)
                .whenComplete((answer, failure) -> free.release());
    }

    /**
     * What is known of an answer now: waits for nothing. What is missing or old is read beside, once for all who ask.
     *
     * @param from what was so before this moment is old
     * @throws FailureException EXTERNAL as {@link #answer}
     */
    public <T> Known<T> known(Question<T> question, Instant from) {
        Instant now = clock.now();
        synchronized (answers) {
            Known<T> before = remembered(question);
            if (before.isFresh(from, now.minus(LATER))) {
                return before;
            }
            CompletableFuture<T> answer;
            try {
                answer = begin(question);
            } catch (FailureException e) {
                if (before.answer() == null) {
                    throw e;
                }
                return before;
            }
            remember(question, before.anew(now));
            if (answers.size() > KEPT) {
                answers.remove(answers.keySet().iterator().next());
            }
            // At once, where it is there already.
            CompletableFuture<?> unused = answer.whenComplete((fresh, why) -> {
                synchronized (answers) {
                    if (answers.containsKey(question.name())) {
                        remember(question, remembered(question).ended(fresh, why));
                    }
                }
            });
            return remembered(question);
        }
    }

    /** A name is of one question, and its answers are of one type. */
    @SuppressWarnings("unchecked")
    private <T> Known<T> remembered(Question<T> question) {
        SoftReference<Known<?>> kept = answers.get(question.name());
        Known<?> known = kept == null ? null : kept.get();
        return known == null ? new Known<>(null, null, null, Instant.EPOCH, false, true) : (Known<T>) known;
    }

    private void remember(Question<?> question, Known<?> known) {
        answers.put(question.name(), new SoftReference<>(known));
    }

    /** What was known of a tenant is old. */
    void changed(TenantName tenant) {
        synchronized (answers) {
            answers.replaceAll((name, kept) -> {
                Known<?> known = kept.get();
                return known != null && name.get(0).equals(tenant) ? new SoftReference<>(known.old()) : kept;
            });
        }
    }

    /**
     * What a request would do now; nothing is done.
     *
     * @throws FailureException POLICY when the visitor may not ask for it
     */
    public Question<Planned> plan(Visitor visitor, Tenant tenant, PlanRequest request) {
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
        return answer(
                planned(
                        visitor,
                        tenant,
                        request,
                        (imaas, plan) -> new DryRun(
                                Json.map(plan.plan()), PlanText.of(plan.plan(), terminal, full), plan.exitCode())),
                PLANNING);
    }

    private <T> Question<T> planned(
            Visitor visitor, Tenant tenant, PlanRequest request, BiFunction<Imaas, IntendedPlan, T> shown) {
        visitor.requireMay(request, tenant);
        return new Question<>(
                tenant.name(),
                List.of(visitor.actor(), request),
                false,
                () -> Requests.upToGit(engine.get(), request),
                (imaas, of) -> shown.apply(imaas, imaas.plan(of, request, visitor.actor())));
    }
}
