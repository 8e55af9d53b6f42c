package io.imaas.plan.onboarding;

import io.imaas.model.Catalog;
import io.imaas.model.Environment;
import io.imaas.model.EnvironmentName;
import io.imaas.model.Request;
import io.imaas.model.Service;
import io.imaas.model.Tenant;
import io.imaas.plan.Bucket;
import io.imaas.plan.EnsureApplication;
import io.imaas.plan.EnsureGitOps;
import io.imaas.plan.EnsureJobs;
import io.imaas.plan.EnsureManifests;
import io.imaas.plan.EnsureRegistrySpace;
import io.imaas.plan.Plan;
import io.imaas.plan.PlannedStep;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides what a tenant needs. Every step is an ensure: run again, it changes nothing that is right, and it deletes
 * nothing.
 */
public final class OnboardingPlanner {
    private final Catalog catalog;
    private final TenantManifests manifests = new TenantManifests(ClusterServices.usual());

    public OnboardingPlanner(Catalog catalog) {
        this.catalog = catalog;
    }

    public Plan plan(Request request, Tenant tenant) {
        List<PlannedStep> spaces = new ArrayList<>();
        List<Bucket> branches = new ArrayList<>();
        EnvironmentName before = null;
        List<PlannedStep> applications = new ArrayList<>();
        spaces.add(new EnsureRegistrySpace(
                "registry",
                catalog.platform().registries().get(0).child(tenant.name().value())));
        for (Environment environment : tenant.environments()) {
            spaces.add(new EnsureManifests(
                    "space-" + environment.name(), environment.name(), manifests.of(catalog, tenant, environment)));
            branches.add(Bucket.of(new EnsureGitOps(
                    "gitops-" + environment.name(),
                    tenant.name(),
                    environment.name(),
                    before,
                    GitOpsSkeleton.files(tenant))));
            before = environment.name();
            for (Service service : tenant.services()) {
                if (service.environments().contains(environment.name())) {
                    applications.add(new EnsureApplication(
                            "application-" + environment.name() + "-" + service.name(),
                            tenant,
                            service,
                            environment.name()));
                }
            }
        }
        List<Bucket> buckets = new ArrayList<>();
        buckets.add(new Bucket("Spaces of " + tenant.name(), spaces));
        buckets.addAll(branches);
        buckets.add(new Bucket("Applications of " + tenant.name(), applications));
        buckets.add(Bucket.of(new EnsureJobs("jobs", tenant)));
        return new Plan("Onboard " + tenant.name(), request, List.of(), buckets, List.of());
    }
}
