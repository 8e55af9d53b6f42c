package io.imaas.app.reaction;

import io.imaas.app.Audit;
import io.imaas.app.HealthWatch;
import io.imaas.app.Imaas;
import io.imaas.app.IntendedPlan;
import io.imaas.app.Onboard;
import io.imaas.app.platform.LivePlatform;
import io.imaas.app.platform.Repeating;
import io.imaas.catalog.Read;
import io.imaas.model.event.CloudEvent;
import io.imaas.model.event.CloudEvent.StoredEvent;
import io.imaas.model.event.TraceParent;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Actor;
import io.imaas.model.request.PlanRequest.OnboardRequest;
import io.imaas.model.request.PlanRequest.ReviewRequest;
import io.imaas.model.source.RepositoryPlace;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.port.Clock;
import io.imaas.port.EventLog;
import io.imaas.port.Shares;
import io.imaas.report.StandingPreview;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Does by itself what events and times ask for. Events are read from the log in their order, from the position where
 * whoever had the same share of the tenants before stopped; when a share comes and now and then everything is looked at
 * whether there were events or not.
 */
public final class Reactions implements AutoCloseable {
    static final String NAME = "imaas-serve";

    private static final Actor ACTOR = Actor.machine(NAME);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration HEALTH = Duration.ofMinutes(1);
    /** A tenant's space is read whole, and changes seldom. */
    private static final Duration AUDIT = Duration.ofHours(6);

    private static final Duration PAUSE = Duration.ofSeconds(5);
    /** How many tenants are looked at side by side when nothing happened. */
    private static final int SIDE_BY_SIDE = 4;

    private final EventLog log;
    private final Shares shares;
    private final SharedReading reading;
    private final LivePlatform<HealthWatch> platform;
    private final Function<Catalog, Imaas> engine;
    private final Function<TenantName, List<Audit.Finding>> audit;
    private final Clock clock;
    private final RepositoryPlace metadata;
    private final Set<Reaction> wanted;
    private final Causes causes;
    private final Map<TenantName, TenantTasks> tasks = new ConcurrentHashMap<>();
    private final Map<List<Object>, ToldEvents> told = new ConcurrentHashMap<>();
    private final Semaphore sideBySide = new Semaphore(SIDE_BY_SIDE);
    private final Repeating timer;
    private final Repeating reader;
    private final Repeating scanner;
    private Optional<Catalog> onboarded = Optional.empty();
    private Instant resume = Instant.MIN;
    private volatile boolean closed;

    /**
     * @param shares whose tenants are looked after here, and no others
     * @param platform whose contexts watch the tenants' health
     * @param engine the application with the platform as it is now
     * @param audit where a tenant's space is not as the platform's files say
     * @param metadata the platform's own repository
     * @param untold hears why events could not be looked after now; they are later
     */
    public Reactions(
            EventLog log,
            Shares shares,
            LivePlatform<HealthWatch> platform,
            Function<Catalog, Imaas> engine,
            Function<TenantName, List<Audit.Finding>> audit,
            Clock clock,
            RepositoryUrl metadata,
            Set<Reaction> wanted,
            Consumer<FailureException> untold) {
        this.log = log;
        this.shares = shares;
        this.reading = new SharedReading(log, shares, new Taking());
        this.platform = platform;
        this.engine = engine;
        this.audit = audit;
        this.clock = clock;
        this.metadata = RepositoryPlace.of(metadata);
        this.wanted = Set.copyOf(wanted);
        this.causes = new Causes(this.wanted);
        this.timer = new Repeating("imaas-timer", untold);
        this.reader = new Repeating("imaas-reactions", untold);
        this.scanner = new Repeating("imaas-scan", untold);
    }

    /** @param every how often everything is looked at though nothing happened */
    public void start(Duration every) {
        shares.start(reading);
        reader.every(Duration.ZERO, LOOK, this::read);
        scanner.every(every, every, () -> lookAt(reading::holds, false));
    }

    /** How many tasks want their turn now. */
    public int pending() {
        return tasks.values().stream().mapToInt(TenantTasks::pending).sum();
    }

    /** Up to which position of the log events were read. */
    public long position() {
        return reading.position();
    }

    /** How much of the work is done here, such as {@code 8 of 16}. */
    public String shares() {
        return reading.toString();
    }

    private void read() {
        Instant now = clock.now();
        if (now.isBefore(resume) || reader.attempt(reading::readOn)) {
            return;
        }
        resume = now.plus(PAUSE);
    }

    private final class Taking implements SharedReading.Reader {
        @Override
        public void take(StoredEvent stored, Predicate<TenantName> whose) {
            CloudEvent event = stored.event();
            if (wanted.contains(Reaction.ONBOARDING) && event.isPushTo(metadata)) {
                onboard(stored, whose);
                return;
            }
            Catalog catalog = platform.catalog();
            Optional<Tenant> tenant = event.tenant().isEmpty()
                    ? Optional.empty()
                    : catalog.tenant(new TenantName(event.tenant())).filter(of -> whose.test(of.name()));
            tenant.ifPresent(of -> add(of.name(), stored, causes.of(of, event)));
        }

        /** What another process had begun is found in Git. */
        @Override
        public void gained(Predicate<TenantName> whose) {
            scanner.after(Duration.ZERO, () -> {
                if (!scanner.attempt(() -> lookAt(whose, true)) && !closed) {
                    scanner.after(PAUSE, () -> gained(whose));
                }
            });
        }
    }

    private void add(TenantName tenant, StoredEvent reason, List<Task> due) {
        Runnable done = reading.begun(tenant, reason.position(), due.size());
        Optional<TraceParent> trace = TraceParent.find(reason.event().data().get(TraceParent.NAME));
        due.forEach(task -> {
            told(tenant, task).causedBy(trace);
            tasks(tenant).add(task, done);
        });
    }

    /** What changed since the last time, as the platform's job in a CI server does it; after a restart all. */
    private synchronized void onboard(StoredEvent reason, Predicate<TenantName> whose) {
        Catalog now;
        try {
            now = platform.refresh();
        } catch (FailureException e) {
            if (e.failure().kind() == FailureKind.EXTERNAL) {
                throw e;
            }
            // Another push corrects it; until then what was known is in force, and what else happens goes on.
            timer.tell(e);
            return;
        }
        List<IntendedPlan> plans = Onboard.between(onboarded, new Read.Ok<>(now, List.of()), clock.now(), ACTOR)
                .plans();
        onboarded = Optional.of(now);
        for (IntendedPlan plan : plans) {
            TenantName tenant = plan.tenant().name();
            if (whose.test(tenant)) {
                add(tenant, reason, List.of(Task.of(Reaction.ONBOARDING)));
                causes.all(plan.tenant()).forEach(task -> tasks(tenant).add(task, () -> {}));
            }
        }
    }

    /** Some tenants at a time, so that what happens meanwhile is not behind all of them. */
    private void lookAt(Predicate<TenantName> whose, boolean first) {
        Catalog catalog = platform.catalog();
        synchronized (this) {
            onboarded = onboarded.or(() -> Optional.of(catalog));
        }
        for (Tenant tenant : catalog.tenants()) {
            if (!whose.test(tenant.name()) || !reading.holds(tenant.name())) {
                continue;
            }
            List<Task> all = new ArrayList<>(causes.all(tenant));
            if (first && wanted.contains(Reaction.ONBOARDING)) {
                all.add(0, Task.of(Reaction.ONBOARDING));
            }
            Task audit = Task.of(Reaction.AUDIT);
            if (wanted.contains(Reaction.AUDIT) && (first || !told.containsKey(List.of(tenant.name(), audit)))) {
                all.add(audit);
            }
            if (!all.isEmpty()) {
                sideBySide.acquireUninterruptibly();
                AtomicInteger left = new AtomicInteger(all.size());
                all.forEach(task -> tasks(tenant.name()).add(task, () -> {
                    if (left.decrementAndGet() == 0) {
                        sideBySide.release();
                    }
                }));
            }
        }
    }

    private TenantTasks tasks(TenantName tenant) {
        return tasks.computeIfAbsent(
                tenant,
                name -> new TenantTasks(
                        task -> here(name, begin(name, task)),
                        work -> {
                            Future<?> unused = platform.submit(name, () -> timer.attempt(work));
                        },
                        (at, work) -> timer.after(Duration.between(clock.now(), at), work)));
    }

    /** What is somebody else's by now is not gone on with. */
    private Supplier<Optional<Instant>> here(TenantName tenant, Supplier<Optional<Instant>> turns) {
        return () -> reading.holds(tenant) ? turns.get() : Optional.empty();
    }

    private Supplier<Optional<Instant>> begin(TenantName tenant, Task task) {
        if (task.kind() == Reaction.HEALTH) {
            return () -> health(tenant);
        }
        if (task.kind() == Reaction.AUDIT) {
            return () -> audit(tenant, told(tenant, task));
        }
        TaskRun run = new TaskRun(clock, imaas -> plan(imaas, imaas.tenant(tenant), task), told(tenant, task));
        return () -> {
            Imaas imaas = engine.apply(platform.catalog());
            long begun = System.nanoTime();
            try {
                return run.turn(imaas, imaas.tenant(tenant));
            } finally {
                imaas.ports().measures().reconciled(task.kind().word(), Duration.ofNanos(System.nanoTime() - begun));
            }
        };
    }

    /** One for each task, however often it is begun: what stays as it is, is told once. */
    private ToldEvents told(TenantName tenant, Task task) {
        return told.computeIfAbsent(
                List.of(tenant, task), of -> new ToldEvents(log, clock, tenant, task, () -> closed));
    }

    private Optional<Instant> health(TenantName tenant) {
        HealthWatch.Listener listener =
                new HealthWatch.Listener(record -> {}, failure -> timer.tell(new FailureException(failure)));
        if (platform.catalog().tenant(tenant).isEmpty()) {
            return Optional.empty();
        }
        timer.attempt(() -> platform.context(tenant).round(listener));
        return Optional.of(clock.now().plus(HEALTH));
    }

    private Optional<Instant> audit(TenantName tenant, ToldEvents told) {
        if (platform.catalog().tenant(tenant).isEmpty()) {
            return Optional.empty();
        }
        boolean read = timer.attempt(() -> told.found(audit.apply(tenant)));
        return Optional.of(clock.now().plus(read ? AUDIT : HEALTH));
    }

    private static Optional<IntendedPlan> plan(Imaas imaas, Tenant tenant, Task task) {
        return switch (task.kind()) {
            // Before the tenant is onboarded there is no branch, and nothing to review.
            case REVIEW ->
                imaas.ports()
                        .gitops(tenant)
                        .head(task.environment().branch())
                        .map(tip -> imaas.plan(tenant, new ReviewRequest(task.environment(), null, null, null), ACTOR));
            case RELEASE ->
                imaas.pendingRelease(tenant, task.service(), NAME).map(request -> imaas.plan(tenant, request, ACTOR));
            case PROMOTION ->
                imaas.pendingMerge(tenant, task.service(), task.environment(), NAME)
                        .map(request -> imaas.plan(tenant, request, ACTOR));
            case ONBOARDING -> Optional.of(imaas.plan(tenant, new OnboardRequest(), ACTOR));
            case PREVIEW ->
                Optional.of(StandingPreview.removal(imaas.overview(tenant).previews()))
                        .filter(request -> !request.previews().isEmpty())
                        .map(request -> imaas.plan(tenant, request, ACTOR));
            case HEALTH, AUDIT -> Optional.empty();
        };
    }

    /** Begins nothing more. What is under way belongs to the platform and ends with it. */
    @Override
    public void close() {
        closed = true;
        reader.close();
        scanner.close();
        timer.close();
    }
}
