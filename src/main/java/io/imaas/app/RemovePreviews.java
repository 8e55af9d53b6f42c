package io.imaas.app;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Actor;
import io.imaas.model.request.PlanRequest.RemovePreviewsRequest;
import io.imaas.model.request.Request;
import io.imaas.model.tenancy.Preview;
import io.imaas.model.tenancy.Previews;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.Plan;
import io.imaas.plan.delivery.Intent;
import io.imaas.plan.delivery.PreviewPlanner;
import io.imaas.plan.step.AwaitRemoval;
import io.imaas.plan.step.ReportToPullRequest;
import io.imaas.plan.step.StepGroup;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Takes previews away, whatever becomes of their pull requests. */
record RemovePreviews(TenantWorld world) {
    /** An offboarding of the whole tenant, with its previews before what they stand on. */
    Plan before(Plan onboarding, Actor actor) {
        LocalDate today = world.platform().dayOf(world.ports().clock().now());
        if (!world.tenant().offboarding().isDue(today)
                || !world.tenant().previews().isOn()) {
            return onboarding;
        }
        RemovePreviewsRequest all =
                new RemovePreviewsRequest(List.copyOf(StandingPreviews.of(world).names()));
        Plan removal = plan(all, actor).plan();
        List<StepGroup> groups = new ArrayList<>(onboarding.groups());
        // The first group finds out whether all can be deleted.
        groups.addAll(
                1,
                // What a dry run does not delete will never be gone.
                world.ports().isPreview()
                        ? removal.without(Set.of(AwaitRemoval.class), List.of()).groups()
                        : removal.groups());
        return onboarding.with(groups);
    }

    /** What the pull request of a preview is told about it. */
    static ReportToPullRequest comment(
            Service service, Preview preview, String headline, String text, Map<String, String> about) {
        return new ReportToPullRequest(
                "report-" + preview.name(),
                service.repository(),
                preview.number(),
                null,
                "imaas/preview/" + preview.name(),
                headline,
                text,
                about,
                "",
                "",
                Map.of(),
                List.of());
    }

    /** @throws FailureException INPUT when one of them does not stand */
    IntendedPlan plan(RemovePreviewsRequest wanted, Actor actor) {
        StandingPreviews standing = StandingPreviews.of(world);
        SortedSet<ServiceName> names = standing.names();
        SortedSet<ServiceName> some = new TreeSet<>(wanted.previews());
        some.stream().filter(name -> !names.contains(name)).findFirst().ifPresent(missing -> {
            throw FailureException.unknown(
                    "tenant " + world.tenant().name() + " has no preview '" + missing + "'",
                    "",
                    missing.value(),
                    names.stream().map(ServiceName::value).toList());
        });
        Request request = new Request(world.tenant().name(), null, Previews.SPACE, actor.name());
        if (some.isEmpty()) {
            Plan nothing = new Plan("Nothing to remove", request, List.of(), List.of(), List.of());
            return new IntendedPlan(Intent.NOTHING, world.tenant(), nothing, List.of(), "no preview is over");
        }
        Plan plan = new PreviewPlanner(world.tenant().name(), request)
                .removed(some, standing.wantedFiles(some), standing.renderedFiles(some));
        List<StepGroup> groups = new ArrayList<>(plan.groups());
        some.stream()
                .flatMap(name -> Preview.of(name).stream())
                .flatMap(preview -> world.tenant().service(preview.service()).stream()
                        .map(service -> comment(
                                service,
                                preview,
                                "Preview " + preview.name() + " is gone",
                                "The next delivery of an open pull request makes it again.",
                                Map.of())))
                .forEach(told -> groups.add(StepGroup.of(told)));
        plan = plan.with(groups);
        return new IntendedPlan(Intent.PREVIEW, world.tenant(), plan, List.copyOf(some), plan.title());
    }
}
