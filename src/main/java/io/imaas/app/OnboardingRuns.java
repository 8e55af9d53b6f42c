package io.imaas.app;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Actor;
import io.imaas.model.request.PlanRequest.OnboardRequest;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.step.AwaitRemoval;
import io.imaas.plan.step.CheckOffboarding;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.RemoveApplication;
import io.imaas.plan.step.RemoveJobs;
import io.imaas.plan.step.RemoveProject;
import io.imaas.plan.step.RemoveSpace;
import io.imaas.port.RunLock;
import io.imaas.report.ReportBuilder;
import io.imaas.run.Event;
import io.imaas.run.Event.EventSink;
import io.imaas.run.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Onboards tenants, some at a time; each is told when it is done, in the order of the platform.
 *
 * @param deletes whether tombstones are carried out
 */
public record OnboardingRuns(Imaas imaas, Actor actor, boolean deletes) {
    private static final int SIDE_BY_SIDE = 16;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Set<Class<? extends PlannedStep>> DELETIONS = Set.of(
            CheckOffboarding.class,
            RemoveApplication.class,
            RemoveSpace.class,
            RemoveProject.class,
            RemoveJobs.class,
            AwaitRemoval.class);

    /**
     * @param sinks one for each tenant, for its events
     * @param waiting told what is waited for before anything begins
     */
    public List<Onboarded> all(List<Tenant> tenants, Supplier<EventSink> sinks, Consumer<String> waiting) {
        RunLock.Held held = imaas.ports().lock().hold("the platform", PATIENCE, waiting);
        try {
            return together(tenants, sinks);
        } finally {
            held.close();
        }
    }

    private List<Onboarded> together(List<Tenant> tenants, Supplier<EventSink> sinks) {
        if (tenants.size() == 1) {
            return List.of(one(imaas, tenants.get(0), sinks.get()));
        }
        Imaas all = imaas.together();
        ExecutorService threads = Executors.newFixedThreadPool(SIDE_BY_SIDE);
        try {
            List<Future<Onboarded>> running = new ArrayList<>();
            List<List<Event>> events = new ArrayList<>();
            for (Tenant tenant : tenants) {
                List<Event> own = new ArrayList<>();
                events.add(own);
                running.add(threads.submit(() -> one(all, tenant, own::add)));
            }
            List<Onboarded> done = new ArrayList<>();
            for (int i = 0; i < running.size(); i++) {
                done.add(running.get(i).get());
                events.get(i).forEach(sinks.get()::accept);
            }
            return done;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FailureException.external("interrupted", "onboard", "run it again", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof FailureException known
                    ? known
                    : FailureException.defect("a tenant's onboarding broke", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private Onboarded one(Imaas asked, Tenant tenant, EventSink sink) {
        ReportBuilder reports = new ReportBuilder();
        EventSink both = event -> {
            sink.accept(event);
            reports.accept(event);
        };
        RunResult result = plan(asked, tenant, both)
                .map(plan -> asked.run(deletes ? plan : plan.without(DELETIONS), both))
                .orElseGet(() -> new RunResult(
                        RunResult.Status.FAILED, reports.reports().get(0).failures(), Map.of()));
        return new Onboarded(tenant.name(), reports.reports().get(0), result);
    }

    /** Whose Git server does not answer is told as a run that failed: the other tenants are none the worse for it. */
    private Optional<IntendedPlan> plan(Imaas asked, Tenant tenant, EventSink sink) {
        try {
            return Optional.of(asked.plan(tenant, new OnboardRequest(), actor));
        } catch (FailureException e) {
            Instant now = asked.ports().clock().now();
            Plan none = Onboard.nothing(tenant, actor);
            sink.accept(new Event.RunStarted(now, none));
            sink.accept(new Event.RunEnded(
                    now, none, new RunResult(RunResult.Status.FAILED, List.of(e.failure()), Map.of())));
            return Optional.empty();
        }
    }
}
