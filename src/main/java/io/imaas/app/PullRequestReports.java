package io.imaas.app;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.source.TreeHash;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Request;
import io.imaas.model.tenancy.Request.Trigger;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.delivery.Aim;
import io.imaas.plan.delivery.Intent;
import io.imaas.plan.delivery.MergePreview;
import io.imaas.plan.delivery.SourceHead;
import io.imaas.plan.delivery.SourceLayout;
import io.imaas.plan.delivery.SourceLayout.Placed;
import io.imaas.plan.gate.Gate;
import io.imaas.plan.gate.OffboardingGate;
import io.imaas.plan.promotion.PromotionRequest;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.plan.step.NotNeeded;
import io.imaas.plan.step.ReportToPullRequest;
import io.imaas.plan.step.StepGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Adds to the check of a pull request that people are told: how it went, and what a merge would do. */
record PullRequestReports(Engine engine, Catalog catalog, SourceRepository sources, Tenant tenant, Duration timeout) {
    private static final String MARKER = "imaas/check";

    Plan added(Plan plan, SourceChange change, SourceHead.PullRequest pull, SourceLayout layout) {
        Promotions promotions = new Promotions(engine, catalog.platform(), tenant, timeout);
        GitOpsState state = promotions.state();
        List<MergePreview> previews = layout.buckets().stream()
                .flatMap(List::stream)
                .map(placed -> preview(placed, change, pull, state, promotions))
                .toList();
        Map<String, String> about = new LinkedHashMap<>();
        plan.steps().filter(step -> !(step instanceof NotNeeded)).forEach(step -> about.put(step.id(), step.title()));
        ReportToPullRequest report = new ReportToPullRequest(
                "report",
                change.repository(),
                pull.number(),
                change.commit(),
                MARKER,
                plan.title(),
                MergePreview.markdown(pull.target(), previews),
                about,
                change.build());
        List<StepGroup> buckets = new ArrayList<>(plan.buckets());
        buckets.add(StepGroup.of(report));
        return new Plan(plan.title(), plan.request(), plan.gates(), buckets, plan.notes());
    }

    private MergePreview preview(
            Placed placed, SourceChange change, SourceHead.PullRequest pull, GitOpsState state, Promotions promotions) {
        ServiceName name = placed.service().name();
        Aim aim = Aim.ofBranch(tenant, placed.service(), pull.target());
        ServiceState now = now(name, aim.to(), state).orElse(null);
        // Commits of a fork are not asked for by their ids; its gates are asked when it is merged.
        if (aim.intent() != Intent.PROMOTE || pull.fork()) {
            return new MergePreview(name, aim, now, null, aim.to() == null ? "" : refusal(placed.service()));
        }
        try {
            TreeHash tree = sources.repository()
                    .tree(change.commit(), placed.path())
                    .orElseThrow(() -> FailureException.input("there is no folder '" + placed.path() + "'", "", ""));
            Request request = new Request(tenant.name(), name, Trigger.PULL_REQUEST, aim.to(), change.actor());
            Plan promotion = promotions.plan(
                    new PromotionRequest(request, aim.from(), aim.to(), List.of(name), tree, "", false, "", List.of()));
            return new MergePreview(name, aim, now, promotion, "");
        } catch (FailureException e) {
            if (e.failure().kind() != FailureKind.INPUT) {
                throw e;
            }
            return new MergePreview(name, aim, now, null, e.failure().sentence());
        }
    }

    /** Of a release by a build; a promotion brings its own gates. */
    private String refusal(Service service) {
        return OffboardingGate.of(
                        catalog.platform(), tenant, service, "", engine.clock().now())
                .map(Gate::sentence)
                .orElse("");
    }

    private static Optional<ServiceState> now(ServiceName service, EnvironmentName environment, GitOpsState state) {
        return environment == null
                ? Optional.empty()
                : state.environment(environment).service(service);
    }
}
