package io.imaas.plan.onboarding;

import io.imaas.model.request.Request;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Offboarding;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.delivery.ApiListing;
import io.imaas.plan.step.AwaitRemoval;
import io.imaas.plan.step.CheckOffboarding;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.RemoveApplication;
import io.imaas.plan.step.RemoveJobs;
import io.imaas.plan.step.RemoveProject;
import io.imaas.plan.step.RemoveSpace;
import io.imaas.plan.step.StepGroup;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Decides what a tombstone takes away once its day has come, and in which order: what acts before what it acts on. Run
 * again after it was cut off, it goes on where it was: what is gone is unchanged.
 */
record OffboardingPlanner(Catalog catalog) implements Serializable {
    /** The whole tenant. Its GitOps repository and its images stay: they tell what ran, and who wanted it. */
    Plan plan(Request request, Tenant tenant) {
        List<StepGroup> groups = new ArrayList<>();
        groups.add(StepGroup.of(new CheckOffboarding("check-offboarding", tenant.name())));
        List<RemoveApplication> applications = tenant.services().stream()
                .flatMap(service -> applications(tenant, service))
                .toList();
        unlisted(groups, new ApiListing(catalog.platform(), tenant).gone(names(tenant.environments())));
        if (!applications.isEmpty()) {
            groups.add(new StepGroup("Delete the applications of " + tenant.name(), List.copyOf(applications)));
            groups.add(StepGroup.of(gone(tenant, "applications", applications, List.of())));
        }
        List<EnvironmentName> environments = names(OnboardingPlanner.withPreviews(tenant));
        List<RemoveSpace> spaces = environments.stream()
                .map(environment -> new RemoveSpace("delete-space-" + environment, tenant.name(), environment))
                .toList();
        groups.add(new StepGroup("Delete the spaces of " + tenant.name(), List.copyOf(spaces)));
        groups.add(StepGroup.of(gone(tenant, "spaces", List.of(), spaces)));
        groups.add(StepGroup.of(new RemoveProject("delete-project", tenant.name(), environments)));
        groups.add(StepGroup.of(new RemoveJobs("delete-jobs", tenant.name(), null)));
        return new Plan(
                "Offboard " + tenant.name(),
                request,
                List.of(),
                groups,
                List.of(
                        tenant.offboarding().sentence("tenant " + tenant.name()),
                        "what stays: " + tenant.gitops() + " with all its history, and the images below "
                                + catalog.imagesOf(tenant)));
    }

    /** One service of a tenant that stays: its own applications and its job, and nothing that others use. */
    List<StepGroup> groups(Tenant tenant, Service service) {
        List<RemoveApplication> applications = applications(tenant, service).toList();
        List<StepGroup> groups = new ArrayList<>();
        unlisted(groups, new ApiListing(catalog.platform(), tenant).gone(service.environments(), service.name()));
        groups.add(new StepGroup("Delete the applications of " + service.name(), List.copyOf(applications)));
        groups.add(StepGroup.of(gone(tenant, service.name().value(), applications, List.of())));
        groups.add(StepGroup.of(new RemoveJobs("delete-job-" + service.name(), tenant.name(), service.name())));
        return groups;
    }

    /** One environment of a tenant that stays: what runs in it, and its namespace and project. Its branch stays. */
    List<StepGroup> groups(Tenant tenant, Environment environment) {
        EnvironmentName name = environment.name();
        List<RemoveApplication> applications = tenant.services().stream()
                .filter(service -> service.environments().contains(name))
                .map(service -> application(tenant, service, name))
                .toList();
        RemoveSpace space = new RemoveSpace("delete-space-" + name, tenant.name(), name);
        List<StepGroup> groups = new ArrayList<>();
        groups.add(StepGroup.of(new CheckOffboarding("check-" + name, tenant.name(), List.of(name))));
        unlisted(groups, new ApiListing(catalog.platform(), tenant).gone(List.of(name)));
        if (!applications.isEmpty()) {
            groups.add(new StepGroup("Delete the applications in " + name, List.copyOf(applications)));
            groups.add(StepGroup.of(gone(tenant, "applications-" + name, applications, List.of())));
        }
        groups.add(StepGroup.of(space));
        groups.add(StepGroup.of(gone(tenant, "space-" + name, List.of(), List.of(space))));
        groups.add(StepGroup.of(new RemoveProject("delete-project-" + name, tenant.name(), List.of(name))));
        return groups;
    }

    /** Every tombstone of a tenant whose day is still to come, and what it will take away. */
    List<Departure> departures(Tenant tenant, LocalDate today) {
        List<Departure> departures = new ArrayList<>();
        Offboarding whole = tenant.offboarding();
        if (whole.isPlanned() && !whole.isDue(today)) {
            departures.add(new Departure(
                    "tenant " + tenant.name(),
                    whole,
                    deletions(plan(null, tenant).steps())));
        }
        for (Environment environment : tenant.environments()) {
            Offboarding own = environment.offboarding();
            if (own.isPlanned() && !own.isDue(today) && own.equals(whole.orEarlier(own))) {
                Stream<PlannedStep> steps =
                        groups(tenant, environment).stream().flatMap(group -> group.steps().stream());
                departures.add(
                        new Departure(environment.name() + " of tenant " + tenant.name(), own, deletions(steps)));
            }
        }
        for (Service service : tenant.services()) {
            Offboarding own = service.offboarding();
            if (own.isPlanned() && !own.isDue(today) && own.equals(tenant.offboardingOf(service))) {
                Stream<PlannedStep> steps = groups(tenant, service).stream().flatMap(group -> group.steps().stream());
                departures.add(new Departure(service.name() + " of tenant " + tenant.name(), own, deletions(steps)));
            }
        }
        return departures;
    }

    /** First: where somebody made an API of one of them, nothing is deleted. */
    private static void unlisted(List<StepGroup> groups, List<PlannedStep> steps) {
        if (!steps.isEmpty()) {
            groups.add(new StepGroup("Take APIs out of the service catalog", steps));
        }
    }

    private static List<EnvironmentName> names(List<Environment> environments) {
        return environments.stream().map(Environment::name).toList();
    }

    private static List<String> deletions(Stream<PlannedStep> steps) {
        return steps.flatMap(step -> step.deletions().stream()).toList();
    }

    private static Stream<RemoveApplication> applications(Tenant tenant, Service service) {
        return service.environments().stream().map(environment -> application(tenant, service, environment));
    }

    private static RemoveApplication application(Tenant tenant, Service service, EnvironmentName environment) {
        return new RemoveApplication(
                "delete-application-" + environment + "-" + service.name(), tenant.name(), service.name(), environment);
    }

    private static AwaitRemoval gone(
            Tenant tenant, String what, List<RemoveApplication> applications, List<RemoveSpace> spaces) {
        String title = applications.isEmpty() ? "Spaces are gone" : "Applications are gone";
        return new AwaitRemoval("gone-" + what, title, tenant.name(), applications, spaces);
    }
}
