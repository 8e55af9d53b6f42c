package io.imaas.engine;

import io.imaas.catalog.Read;
import io.imaas.model.Catalog;
import io.imaas.model.CommitId;
import io.imaas.model.Problem;
import io.imaas.model.Request;
import io.imaas.model.Request.Trigger;
import io.imaas.model.Tenant;
import io.imaas.model.TenantName;
import io.imaas.plan.MarkdownText;
import io.imaas.plan.Plan;
import io.imaas.plan.onboarding.OnboardingPlanner;
import io.imaas.plan.source.Intent;
import io.imaas.report.PlanText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From two states of the platform's metadata to what tenants need. Reads metadata alone. */
public final class OnboardingPlans {
    private OnboardingPlans() {}

    /**
     * What lies between two commits of the platform repository.
     *
     * @param before what is in force, such as a pull request's merge base; empty: nothing yet
     * @param after what is proposed, or was merged
     */
    public static Proposal between(
            PlatformRepository platform, Optional<CommitId> before, CommitId after, String actor) {
        // Files that were broken before say nothing of what the tenants had: then all of them are planned again.
        Optional<Catalog> old = before.map(platform::at)
                .flatMap(read -> read instanceof Read.Ok<Catalog> ok ? Optional.of(ok.value()) : Optional.empty());
        return between(old, platform.at(after), actor);
    }

    /** The same of what was read already. */
    public static Proposal between(Optional<Catalog> before, Read<Catalog> after, String actor) {
        List<IntendedPlan> plans = new ArrayList<>();
        List<TenantName> gone = new ArrayList<>();
        if (after instanceof Read.Ok<Catalog> ok) {
            ok.value().tenants().stream()
                    .filter(tenant -> before.isEmpty() || changed(before.get(), ok.value(), tenant))
                    .forEach(tenant -> plans.add(plan(ok.value(), tenant, actor)));
            before.ifPresent(old -> old.tenants().stream()
                    .map(Tenant::name)
                    .filter(name -> ok.value().tenant(name).isEmpty())
                    .forEach(gone::add));
        }
        return new Proposal(plans, gone, after.problems(), comment(plans, gone, after.problems()));
    }

    /** One tenant, whatever changed. */
    public static IntendedPlan plan(Catalog catalog, Tenant tenant, String actor) {
        Plan plan = new OnboardingPlanner(catalog).plan(request(tenant, actor), tenant);
        return new IntendedPlan(Intent.ONBOARD, tenant, plan, List.of(), plan.title());
    }

    /** By what would be made, so that a change of the platform's defaults or of a neighbour counts as well. */
    private static boolean changed(Catalog before, Catalog after, Tenant tenant) {
        Optional<Tenant> old = before.tenant(tenant.name());
        return old.isEmpty()
                || !old.get().equals(tenant)
                || !plan(before, old.get(), "")
                        .plan()
                        .equals(plan(after, tenant, "").plan());
    }

    private static Request request(Tenant tenant, String actor) {
        return new Request(tenant.name(), null, Trigger.MERGE, null, actor);
    }

    private static String comment(List<IntendedPlan> plans, List<TenantName> gone, List<Problem> problems) {
        StringBuilder text = new StringBuilder("### Onboarding\n\n");
        if (!problems.isEmpty()) {
            long errors = problems.stream().filter(Problem::isError).count();
            text.append("**")
                    .append(errors)
                    .append(" errors, ")
                    .append(problems.size() - errors)
                    .append(" warnings**\n\n");
            problems.forEach(problem -> text.append("- ")
                    .append(MarkdownText.line(problem.sentence()))
                    .append('\n'));
            if (errors > 0) {
                return text.append("\nNothing is planned until they are mended.\n")
                        .toString();
            }
            text.append('\n');
        }
        if (plans.isEmpty() && gone.isEmpty()) {
            return text.append("No tenant changes.\n").toString();
        }
        for (IntendedPlan plan : plans) {
            text.append("<details><summary>")
                    .append(plan.plan().title())
                    .append("</summary>\n\n")
                    .append(MarkdownText.fenced(
                            "", PlanText.of(plan.plan()).lines().toList()))
                    .append("\n</details>\n");
        }
        gone.forEach(name -> text.append("\nTenant ")
                .append(name)
                .append(" is removed from the metadata: what it has in the world stays.\n"));
        return text.toString();
    }
}
