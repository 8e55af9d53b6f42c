package io.imaas.app.reaction;

import io.imaas.model.event.CloudEvent;
import io.imaas.model.source.RepositoryPlace;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Which event is a reason for what. */
record Causes(Set<Reaction> wanted) {
    /** What an event of a tenant is a reason for. */
    List<Task> of(Tenant tenant, CloudEvent event) {
        Stream<Task> tasks =
                switch (event.type()) {
                    case "branch.pushed" -> pushed(tenant, event);
                    case "image.pushed" -> releases(tenant).stream();
                    case "pull-request.closed", "pull-request.merged" -> previews(tenant);
                    case "rollout.succeeded", "rollout.failed", "rollout.degraded" ->
                        reviews(tenant, name -> tenant.namespace(name).equals(event.subject()));
                    default -> Stream.of();
                };
        return tasks.filter(task -> wanted.contains(task.kind())).distinct().toList();
    }

    /** Everything that can be missing, whatever happened: the last environments first need what the first ones did. */
    List<Task> all(Tenant tenant) {
        List<Task> tasks = new ArrayList<>(releases(tenant));
        reviews(tenant, name -> true).forEach(tasks::add);
        tasks.addAll(promotions(tenant));
        tasks.add(Task.of(Reaction.HEALTH));
        // A tenant that has no previews any more may have left some.
        tasks.add(Task.of(Reaction.PREVIEW));
        return tasks.stream().filter(task -> wanted.contains(task.kind())).toList();
    }

    private static Stream<Task> previews(Tenant tenant) {
        return tenant.previews().isOn() ? Stream.of(Task.of(Reaction.PREVIEW)) : Stream.of();
    }

    private static Stream<Task> pushed(Tenant tenant, CloudEvent event) {
        String branch = event.data().getOrDefault("branch", "");
        if (event.isPushTo(RepositoryPlace.of(tenant.gitops()))) {
            // What an approval, a health record or a release of the environment before has made possible.
            return Stream.concat(reviews(tenant, name -> name.value().equals(branch)), promotions(tenant).stream());
        }
        return tenant.services().stream()
                .filter(service -> event.isPushTo(RepositoryPlace.of(service.repository())))
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

    private static Stream<Task> reviews(Tenant tenant, Predicate<EnvironmentName> which) {
        return tenant.environments().stream()
                .map(Environment::name)
                .filter(which)
                .map(Task::review);
    }
}
