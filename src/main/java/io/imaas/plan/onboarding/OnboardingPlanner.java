package io.imaas.plan.onboarding;

import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.model.request.Request;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.source.BranchProtection;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.OnboardingPolicy;
import io.imaas.model.tenancy.Previews;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.step.EnsureApplication;
import io.imaas.plan.step.EnsureGitOps;
import io.imaas.plan.step.EnsureJobs;
import io.imaas.plan.step.EnsureManifests;
import io.imaas.plan.step.EnsureProtection;
import io.imaas.plan.step.EnsurePullSecret;
import io.imaas.plan.step.EnsureRegistrySpace;
import io.imaas.plan.step.EnsureRepository;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.StepGroup;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides what a tenant needs. Every step is an ensure: run again, it changes nothing that is right. It deletes nothing
 * but what carries a tombstone whose day has come.
 */
public final class OnboardingPlanner {
    private final Catalog catalog;
    private final LocalDate today;
    private final TenantManifests manifests;
    private final OffboardingPlanner offboarding;

    private final List<ClusterObject> goingPolicies;

    /** @param today in the platform's time zone: tombstones are due by the day */
    public OnboardingPlanner(Catalog catalog, LocalDate today) {
        this(catalog, today, List.of());
    }

    /** @param inForce what was so far: policies that it had and that are gone are taken away */
    public OnboardingPlanner(Catalog catalog, LocalDate today, Optional<Catalog> inForce) {
        this(
                catalog,
                today,
                inForce.map(old -> new PolicyObjects(catalog).goneSince(old)).orElse(List.of()));
    }

    /** @param goingPolicies those admission policies of the platform in the cluster that are to be taken away */
    public OnboardingPlanner(Catalog catalog, LocalDate today, List<ClusterObject> goingPolicies) {
        this.goingPolicies = List.copyOf(goingPolicies);
        this.catalog = catalog;
        this.today = today;
        this.manifests = new TenantManifests(catalog.platform().onboarding(), today);
        this.offboarding = new OffboardingPlanner(catalog);
    }

    /** What the tenant needs; or what is to be taken away, when its tombstone is due. */
    public Plan plan(Request request, Tenant tenant) {
        if (tenant.offboarding().isDue(today)) {
            return offboarding.plan(request, tenant);
        }
        Tenant remaining = tenant.remainingOn(today);
        // What limits the tenant comes first; an application that can't be made keeps nothing from being deleted.
        // What can't be is found out before anything is written.
        List<PlannedStep> before = new ArrayList<>(List.of(registry(tenant)));
        if (catalog.repositories().managed()) {
            List<EnvironmentName> path =
                    remaining.environments().stream().map(Environment::name).toList();
            before.add(new EnsureRepository(EnsureRepository.ID, tenant.name(), tenant.gitops(), path));
        }
        List<StepGroup> groups = new ArrayList<>(
                List.of(new StepGroup("Registry and repository of " + tenant.name(), before), spaces(remaining)));
        pullSecrets(remaining).ifPresent(groups::add);
        List<ClusterObject> policies = new ArrayList<>(goingPolicies);
        policies.addAll(new PolicyObjects(catalog).all());
        if (!policies.isEmpty()) {
            groups.add(StepGroup.of(new EnsureManifests("policies", null, policies)));
        }
        List<String> notes = new ArrayList<>();
        for (Environment environment : tenant.environments()) {
            if (environment.offboarding().isDue(today)) {
                groups.addAll(offboarding.groups(remaining, environment));
                notes.add(environment.offboarding().sentence(environment.name() + " of tenant " + tenant.name()));
            }
        }
        for (Service service : tenant.services()) {
            if (service.offboarding().isDue(today)) {
                groups.addAll(offboarding.groups(tenant, service));
                notes.add(service.offboarding().sentence(service.name() + " of tenant " + tenant.name()));
            }
        }
        groups.addAll(contents(remaining));
        departures(tenant).forEach(departure -> {
            notes.add(departure.sentence());
            departure.deletions().forEach(thing -> notes.add("deletes then: " + thing));
        });
        return new Plan("Onboard " + tenant.name(), request, List.of(), groups, notes);
    }

    /** Every tombstone of a tenant whose day is still to come. */
    public List<Departure> departures(Tenant tenant) {
        return offboarding.departures(tenant, today);
    }

    private EnsureRegistrySpace registry(Tenant tenant) {
        return new EnsureRegistrySpace(
                "registry",
                catalog.imagesOf(tenant),
                catalog.platform().onboarding().registry(),
                ownerOf(tenant));
    }

    private String ownerOf(Tenant tenant) {
        return catalog.platform().name() + "/" + tenant.name();
    }

    /** The tenant's environments; where it has previews, with the one that they share. */
    static List<Environment> withPreviews(Tenant tenant) {
        List<Environment> all = new ArrayList<>(tenant.environments());
        if (tenant.previews().isOn()) {
            all.addAll(tenant.previewSpace().environments());
        }
        return all;
    }

    private Optional<StepGroup> pullSecrets(Tenant tenant) {
        OnboardingPolicy policy = catalog.platform().onboarding();
        List<PlannedStep> secrets = new ArrayList<>();
        for (Environment environment :
                policy.pulls().name().isEmpty() ? List.<Environment>of() : withPreviews(tenant)) {
            secrets.add(new EnsurePullSecret(
                    "pull-secret-" + environment.name(),
                    environment.name(),
                    tenant.namespace(environment.name()),
                    OwnLabels.of(tenant, environment.name()),
                    catalog.imagesOf(tenant),
                    policy.registry(),
                    policy.pulls(),
                    ownerOf(tenant)));
        }
        return secrets.isEmpty()
                ? Optional.empty()
                : Optional.of(new StepGroup("Pull secrets of " + tenant.name(), secrets));
    }

    private StepGroup spaces(Tenant tenant) {
        List<PlannedStep> spaces = new ArrayList<>();
        for (Environment environment : withPreviews(tenant)) {
            Tenant as = tenant.environments().contains(environment) ? tenant : tenant.previewSpace();
            spaces.add(new EnsureManifests(
                    "space-" + environment.name(), environment.name(), manifests.of(catalog, as, environment)));
        }
        return new StepGroup("Spaces of " + tenant.name(), spaces);
    }

    private List<StepGroup> contents(Tenant tenant) {
        List<StepGroup> groups = new ArrayList<>();
        List<EnvironmentName> path =
                tenant.environments().stream().map(Environment::name).toList();
        boolean alike =
                tenant.services().stream().allMatch(service -> service.adopted().isEmpty());
        for (int i = 0; i < (alike ? Math.min(1, path.size()) : path.size()); i++) {
            List<EnvironmentName> begun = alike ? path : List.of(path.get(i));
            groups.add(StepGroup.of(branches(tenant, begun, i == 0 ? null : path.get(i - 1))));
        }
        if (tenant.previews().isOn()) {
            groups.add(StepGroup.of(new EnsureGitOps(
                    EnsureGitOps.id(Previews.SPACE),
                    tenant.name(),
                    List.of(Previews.SPACE),
                    null,
                    GitOpsSkeleton.previews(tenant),
                    Map.of())));
        }
        if (catalog.repositories().managed()) {
            groups.add(StepGroup.of(new EnsureProtection(
                    "protection",
                    tenant.gitops(),
                    branches(tenant),
                    catalog.repositories().webhook())));
        }
        groups.add(new StepGroup("Applications of " + tenant.name(), applications(tenant)));
        groups.add(StepGroup.of(new EnsureJobs(
                "jobs",
                tenant.name(),
                tenant.services().stream().map(Service::name).toList())));
        return groups;
    }

    /** What an environment runs already makes its branch begin in another way than the others. */
    private EnsureGitOps branches(Tenant tenant, List<EnvironmentName> environments, EnvironmentName after) {
        EnvironmentName first = environments.get(0);
        return new EnsureGitOps(
                EnsureGitOps.id(first),
                tenant.name(),
                environments,
                after,
                GitOpsSkeleton.files(tenant, first, catalog.platform().onboarding()),
                GitOpsSkeleton.kept(tenant, first));
    }

    private static List<PlannedStep> applications(Tenant tenant) {
        List<PlannedStep> applications = new ArrayList<>();
        for (Environment environment : tenant.environments()) {
            for (ServiceName service : tenant.servicesIn(environment.name())) {
                applications.add(new EnsureApplication(
                        "application-" + environment.name() + "-" + service,
                        tenant.name(),
                        service,
                        environment.name()));
            }
        }
        return applications;
    }

    /**
     * Where changes come by pull request, the server asks for the reviews as well. Everywhere else people may push: gates
     * look at what they pushed before it runs.
     */
    private static List<BranchProtection> branches(Tenant tenant) {
        List<BranchProtection> branches = new ArrayList<>();
        for (Environment environment : tenant.environments()) {
            branches.add(BranchProtection.reviewed(
                    environment.name().value(),
                    environment.pullRequests() ? environment.approvals().required() : 0,
                    List.of()));
        }
        if (tenant.previews().isOn()) {
            branches.add(BranchProtection.orchestratorAlone(Previews.SPACE.value()));
        }
        branches.add(BranchProtection.orchestratorAlone(GitOpsPaths.RENDERED));
        branches.add(BranchProtection.orchestratorAlone(GitOpsPaths.RECORDS.value()));
        return branches;
    }
}
