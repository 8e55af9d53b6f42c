package io.imaas.app;

import io.imaas.model.failure.FailureException;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.promotion.PromotionPlanner;
import io.imaas.plan.promotion.PromotionRequest;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.port.GitRepository;
import io.imaas.step.observe.ArrivalObserver;
import io.imaas.step.observe.GitOpsObserver;
import io.imaas.step.observe.PromotionObserver;
import io.imaas.step.observe.ReleaseHistory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Promotions of one tenant: observed, then decided. */
record Promotions(Engine engine, Platform platform, Tenant tenant, Duration timeout) {
    Plan plan(PromotionRequest wanted) {
        known(wanted.from());
        known(wanted.to());
        PromotionPlanner planner = new PromotionPlanner(platform, tenant, timeout);
        PromotionObserver promotions =
                new PromotionObserver(observer(), new ReleaseHistory(repository(), engine.values()), arrivals());
        return planner.plan(wanted, promotions.observe(planner, tenant, wanted));
    }

    /** What would come to run is looked at: its image, its manifests. */
    ArrivalObserver arrivals() {
        return new ArrivalObserver(repository(), Optional.of(engine.registry()), engine.chart());
    }

    /** @throws FailureException INPUT when the tenant has no such environment */
    Environment known(EnvironmentName environment) {
        return tenant.environment(environment)
                .orElseThrow(() -> FailureException.input(
                        "tenant " + tenant.name() + " has no environment '" + environment + "'",
                        "",
                        "known: " + environments()));
    }

    GitOpsState state() {
        return observer().observe(environments());
    }

    List<EnvironmentName> environments() {
        return tenant.environments().stream().map(Environment::name).toList();
    }

    GitRepository repository() {
        return engine.gitops().apply(tenant);
    }

    GitOpsObserver observer() {
        return new GitOpsObserver(repository(), engine.values(), engine.clock());
    }
}
