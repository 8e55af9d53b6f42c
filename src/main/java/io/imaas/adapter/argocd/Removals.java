package io.imaas.adapter.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.adapter.argocd.api.ArgoCdClient;
import io.imaas.adapter.web.BoundedJson;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Takes a tenant's Applications and AppProject away, when they are ours. Only the server's own 404, with the project
 * named, says that something is gone (argo-cd#13000).
 *
 * @param writes whether anything is deleted, or only told
 */
record Removals(ArgoCdClient client, boolean writes) {
    private static final String DELETING = "/metadata/deletionTimestamp";

    /** Argo CD deletes what the application runs first, and the application itself when that is gone. */
    Effect application(Tenant tenant, Service service, EnvironmentName environment) {
        String name = tenant.application(service.name(), environment);
        String project = Desired.projectName(tenant, environment);
        Optional<JsonNode> found = find(project, name);
        found.ifPresent(application ->
                OwnLabels.of(tenant.name(), service.name(), environment).require(where(name), labels(application)));
        if (found.isEmpty() || found.get().at(DELETING).isTextual()) {
            return Effect.unchanged("Application", name);
        }
        if (writes) {
            // Somebody may have been faster: absent is what was wanted.
            client.find(where(name), () -> client.api().deleteApplication(name, null, project, true, "foreground"));
        }
        return Effect.deleted("Application", name, "with what it runs in " + tenant.namespace(environment));
    }

    Optional<String> remaining(Tenant tenant, Service service, EnvironmentName environment) {
        String name = tenant.application(service.name(), environment);
        return find(Desired.projectName(tenant, environment), name).map(application -> {
            String trouble = trouble(application);
            return where(name) + (trouble.isEmpty() ? " is being deleted" : " can't be deleted: " + trouble);
        });
    }

    /** What is in the projects of a tenant and not made of its metadata: while it is there, they can't be deleted. */
    List<String> foreign(Tenant tenant) {
        return tenant.environments().stream()
                .map(Environment::name)
                .flatMap(environment -> foreign(tenant, environment))
                .toList();
    }

    private Stream<String> foreign(Tenant tenant, EnvironmentName environment) {
        String project = Desired.projectName(tenant, environment);
        if (client.find("AppProject " + project, () -> client.api().project(project))
                .isEmpty()) {
            return Stream.empty();
        }
        Set<String> ours = tenant.services().stream()
                .map(service -> tenant.application(service.name(), environment))
                .collect(Collectors.toSet());
        JsonNode all =
                client.retry("applications of " + project, () -> client.api().applicationsOf(project));
        return StreamSupport.stream(all.path("items").spliterator(), false)
                .map(application -> application.at("/metadata/name").asText())
                .filter(name -> !ours.contains(name))
                .map(name -> "Argo CD application " + name + " in project " + project);
    }

    Effect project(Tenant tenant, EnvironmentName environment) {
        String name = Desired.projectName(tenant, environment);
        String where = "AppProject " + name;
        Optional<JsonNode> found = client.find(where, () -> client.api().project(name));
        if (found.isEmpty()) {
            return Effect.unchanged("AppProject", name);
        }
        OwnLabels.of(tenant, environment).require(where, labels(found.get()));
        if (writes) {
            try {
                client.find(where, () -> client.api().deleteProject(name));
            } catch (FailureException e) {
                throw e.failure().kind() == FailureKind.INPUT ? notEmpty(where, e) : e;
            }
        }
        return Effect.deleted("AppProject", name, "");
    }

    /** The server's refusal while an application is in it, which then is none that the metadata name. */
    private static FailureException notEmpty(String where, FailureException refused) {
        return FailureException.failed(
                refused.failure().what(),
                where,
                "an application of a service that is no longer in the metadata: give the service back with"
                        + " 'offboarding', or delete the application in Argo CD");
    }

    private Optional<JsonNode> find(String project, String name) {
        return client.find(where(name), () -> client.api().applicationJson(name, null, project));
    }

    private static String where(String name) {
        return "Application " + name;
    }

    private static String trouble(JsonNode application) {
        for (JsonNode condition : application.at("/status/conditions")) {
            if (condition.path("type").asText().equals("DeletionError")) {
                return condition.path("message").asText();
            }
        }
        return "";
    }

    static Map<?, ?> labels(JsonNode object) {
        JsonNode labels = object.at("/metadata/labels");
        return labels.isObject() ? BoundedJson.mapper().convertValue(labels, Map.class) : Map.of();
    }
}
