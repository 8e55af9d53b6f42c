package io.imaas.plan.delivery;

import io.imaas.model.source.MiRuntime;
import io.imaas.model.tenancy.ApiManagerPolicy;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Service.Route;
import io.imaas.model.tenancy.Service.ServiceType;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.plan.step.ListApis;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.StepGroup;
import io.imaas.plan.step.UnlistApis;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides what of a tenant is listed in the API manager's service catalog. Names of entries begin with platform, tenant,
 * environment and service: one API manager may serve several platforms, and no name among them holds a point.
 */
public record ApiListing(Platform platform, Tenant tenant) implements Serializable {
    private ApiManagerPolicy manager() {
        return platform.onboarding().apiManager();
    }

    /** The plan, and after each group of rollouts what lists the APIs of those that came live. */
    public Plan after(Plan plan) {
        List<StepGroup> groups = new ArrayList<>();
        for (StepGroup group : plan.groups()) {
            groups.add(group);
            List<PlannedStep> listed = group.steps().stream()
                    .filter(AwaitRollout.class::isInstance)
                    .flatMap(step -> listed((AwaitRollout) step).stream())
                    .toList();
            if (!listed.isEmpty()) {
                groups.add(listed.size() == 1 ? StepGroup.of(listed.get(0)) : new StepGroup("List APIs", listed));
            }
        }
        return groups.size() == plan.groups().size() ? plan : plan.with(groups);
    }

    private Optional<PlannedStep> listed(AwaitRollout rollout) {
        EnvironmentName environment = rollout.environment();
        return tenant.service(rollout.service())
                .filter(service ->
                        service.type() == ServiceType.GATEWAY && manager().lists(environment))
                .map(service -> new ListApis(
                        "apis-" + rollout.id(),
                        rollout,
                        manager(),
                        owner(environment) + service.name() + ".",
                        "http://" + service.name() + "." + tenant.namespace(environment) + ".svc:" + MiRuntime.HTTP,
                        route(service, environment)));
    }

    private Route route(Service service, EnvironmentName environment) {
        return service.routes().stream()
                .filter(route -> platform.onboarding().gateway().isOn()
                        && route.environment().equals(environment))
                .findFirst()
                .orElse(null);
    }

    private String owner(EnvironmentName environment) {
        return platform.name() + "." + tenant.name() + "." + environment + ".";
    }

    /** What takes all entries of the tenant in these environments away. */
    public List<PlannedStep> gone(List<EnvironmentName> environments) {
        return gone(environments, "unlist-", "");
    }

    /** The same of one service. */
    public List<PlannedStep> gone(List<EnvironmentName> environments, ServiceName service) {
        return gone(environments, "unlist-" + service + "-", service + ".");
    }

    private List<PlannedStep> gone(List<EnvironmentName> environments, String id, String service) {
        return environments.stream()
                .filter(environment -> manager().lists(environment))
                .<PlannedStep>map(environment ->
                        new UnlistApis(id + environment, environment, manager(), owner(environment) + service))
                .toList();
    }
}
