package io.imaas.app;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Actor;
import io.imaas.model.request.PlanRequest.PromoteRequest;
import io.imaas.model.request.SourceChange;
import io.imaas.model.source.SourceHead;
import io.imaas.model.source.TreeHash;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.Plan;
import io.imaas.plan.delivery.Aim;
import io.imaas.plan.delivery.DeliveryPlanner;
import io.imaas.plan.delivery.Intent;
import io.imaas.plan.delivery.MergePreview;
import io.imaas.plan.delivery.SourceLayout;
import io.imaas.plan.delivery.SourceLayout.Placed;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.plan.step.BuildArtifact;
import io.imaas.plan.step.ReportToPullRequest;
import io.imaas.plan.step.RunUnitTests;
import io.imaas.plan.step.StepGroup;
import io.imaas.plan.step.VerifyArtifact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Adds to the check of a pull request that people are told: how it went, and what a merge would do. */
record PullRequestReports(TenantWorld world, SourceRepository sources, Actor actor) {
    private static final String MARKER = "imaas/check";

    Plan added(
            Plan plan,
            SourceChange change,
            SourceHead.PullRequest pull,
            SourceLayout layout,
            List<OfferedPreview> offers) {
        GitOpsState state = world.state();
        List<MergePreview> previews = layout.groups().stream()
                .flatMap(List::stream)
                .map(placed -> preview(placed, change, pull, state))
                .toList();
        Map<String, String> about = new LinkedHashMap<>();
        plan.neededSteps().forEach(step -> about.put(step.id(), step.title()));
        ReportToPullRequest report = new ReportToPullRequest(
                "report",
                change.repository(),
                pull.number(),
                change.commit(),
                MARKER,
                plan.title(),
                MergePreview.markdown(pull.target(), previews) + refused(offers),
                about,
                change.build(),
                "",
                folders(plan),
                List.of());
        List<StepGroup> groups = new ArrayList<>(plan.groups());
        groups.add(StepGroup.of(report));
        offers.stream()
                .filter(offer -> offer.preview() != null)
                .map(offer -> about(offer, plan))
                .forEach(told -> groups.add(StepGroup.of(told)));
        return plan.with(groups);
    }

    /** Of the steps that build and check what lies below the repository's root. */
    private static Map<String, String> folders(Plan plan) {
        Map<String, String> folders = new LinkedHashMap<>();
        plan.steps().forEach(step -> {
            if (step instanceof BuildArtifact build) {
                folders.put(build.id(), build.path());
            } else if (step instanceof VerifyArtifact check) {
                folders.put(check.id(), folders.get(check.build()));
            } else if (step instanceof RunUnitTests tests) {
                folders.put(tests.id(), folders.get(tests.build()));
            }
        });
        folders.values().removeIf(String::isEmpty);
        return folders;
    }

    private static String refused(List<OfferedPreview> offers) {
        String refused = offers.stream().map(OfferedPreview::refused).collect(Collectors.joining());
        return refused.isEmpty() ? "" : "\n**Preview**\n\n" + refused;
    }

    /** In a comment of its own, which says so when the preview is gone. */
    private ReportToPullRequest about(OfferedPreview offer, Plan plan) {
        Map<String, String> rollout = new LinkedHashMap<>();
        plan.steps()
                .filter(step -> step instanceof AwaitRollout of
                        && of.service().equals(offer.preview().name()))
                .forEach(step -> rollout.put(step.id(), step.title()));
        return RemovePreviews.comment(
                offer.service(),
                offer.preview(),
                "Preview " + offer.preview().name(),
                offer.told(world.tenant()),
                rollout);
    }

    private MergePreview preview(Placed placed, SourceChange change, SourceHead.PullRequest pull, GitOpsState state) {
        ServiceName name = placed.service().name();
        Aim aim = Aim.ofBranch(world.tenant(), placed.service(), pull.target());
        ServiceState now = now(name, aim.to(), state).orElse(null);
        // Commits of a fork are not asked for by their ids; its gates are asked when it is merged.
        if (aim.intent() != Intent.PROMOTE || pull.fork()) {
            return new MergePreview(name, aim, now, null, aim.to() == null ? "" : refusal(placed.service(), aim.to()));
        }
        try {
            TreeHash tree = sources.tree(change.commit(), placed.path());
            Plan promotion = new Promote(world)
                    .plan(new PromoteRequest(List.of(name), aim.from(), aim.to(), tree, "", false, ""), actor)
                    .plan();
            return new MergePreview(name, aim, now, promotion, "");
        } catch (FailureException e) {
            if (e.failure().kind() != FailureKind.INPUT) {
                throw e;
            }
            return new MergePreview(name, aim, now, null, e.failure().sentence());
        }
    }

    /** Of a release by a build; a promotion brings its own gates. */
    private String refusal(Service service, EnvironmentName to) {
        return DeliveryPlanner.gates(
                        world.platform(),
                        world.tenant(),
                        service,
                        to,
                        world.ports().clock().now())
                .stream()
                .map(GateAnswer::found)
                .collect(Collectors.joining("; "));
    }

    private static Optional<ServiceState> now(ServiceName service, EnvironmentName environment, GitOpsState state) {
        return environment == null
                ? Optional.empty()
                : state.environment(environment).service(service);
    }
}
