package io.imaas.app.reaction;

import io.imaas.model.event.CloudEvent;
import io.imaas.model.source.RepositoryPlace;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which event is a reason for what. */
record Causes(Set<Reaction> wanted) {
    /** What an event of a tenant is a reason for. */
    List<Task> of(Tenant tenant, CloudEvent event) {
        Stream<Task> tasks =
                switch (event.type()) {
                    case "branch.pushed" -> pushed(tenant, event);
                    case "image.pushed" -> releases(tenant).stream();
                    case "rollout.succeeded", "rollout.failed", "rollout.degraded" ->
                        environmentOf(tenant, event.subject()).map(Task::review).stream();
                    default -> Stream.of();
                };
        return tasks.filter(task -> wanted.contains(task.kind())).distinct().toList();
    }

    /** Everything that can be missing, whatever happened: the last environments first need what the first ones did. */
    List<Task> all(Tenant tenant) {
        List<Task> tasks = new ArrayList<>(releases(tenant));
        tenant.environments().forEach(environment -> tasks.add(Task.review(environment.name())));
        tasks.addAll(promotions(tenant));
        tasks.add(Task.of(Reaction.HEALTH));
        return tasks.stream().filter(task -> wanted.contains(task.kind())).toList();
    }

    private static Stream<Task> pushed(Tenant tenant, CloudEvent event) {
        Optional<RepositoryPlace> place = RepositoryPlace.find(event.subject());
        String branch = event.data().getOrDefault("branch", "");
        if (place.equals(Optional.of(RepositoryPlace.of(tenant.gitops())))) {
            // What an approval, a health record or a release of the environment before has made possible.
            return Stream.concat(environment(tenant, branch).map(Task::review).stream(), promotions(tenant).stream());
        }
        return tenant.services().stream()
                .filter(service -> place.equals(Optional.of(RepositoryPlace.of(service.repository()))))
                .flatMap(service -> later(service)
                        .filter(to -> to.value().equals(branch))
                        .map(to -> Task.promotion(service.name(), to)));
    }

    private static List<Task> releases(Tenant tenant) {
        return tenant.services().stream()
                .filter(Service::follows)
                .map(service -> Task.release(service.name()))
                .toList();
    }

    private static List<Task> promotions(Tenant tenant) {
        return tenant.services().stream()
                .flatMap(service -> later(service).map(to -> Task.promotion(service.name(), to)))
                .toList();
    }

    /** Where a service's releases come by promotion. */
    private static Stream<EnvironmentName> later(Service service) {
        return service.environments().stream().skip(1);
    }

    private static Optional<EnvironmentName> environment(Tenant tenant, String branch) {
        return tenant.environments().stream()
                .map(Environment::name)
                .filter(name -> name.value().equals(branch))
                .findFirst();
    }

    private static Optional<EnvironmentName> environmentOf(Tenant tenant, String namespace) {
        return tenant.environments().stream()
                .map(Environment::name)
                .filter(name -> tenant.namespace(name).equals(namespace))
                .findFirst();
    }
}
