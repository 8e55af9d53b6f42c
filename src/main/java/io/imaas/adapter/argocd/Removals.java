package io.imaas.adapter.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.adapter.argocd.api.ArgoCdClient;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import java.util.Map;
import java.util.Optional;

/**
 * Takes a tenant's Applications and AppProject away, when they are ours. Only the server's own 404, with the project
 * named, says that something is gone (argo-cd#13000).
 */
final class Removals {
    private static final String DELETING = "/metadata/deletionTimestamp";

    private final ArgoCdClient client;
    private final boolean writes;

    /** @param writes whether anything is deleted, or only told */
    Removals(ArgoCdClient client, boolean writes) {
        this.client = client;
        this.writes = writes;
    }

    /** Argo CD deletes what the application runs first, and the application itself when that is gone. */
    Effect application(Tenant tenant, Service service, EnvironmentName environment) {
        String name = Desired.applicationName(tenant, service, environment);
        String project = tenant.name().value();
        Optional<JsonNode> found = find(project, name);
        found.ifPresent(application ->
                OwnLabels.of(tenant.name(), service.name(), environment).require(where(name), labels(application)));
        if (found.isEmpty() || found.get().at(DELETING).isTextual()) {
            return Effect.unchanged("Application", name);
        }
        if (writes) {
            // Somebody may have been faster: absent is what was wanted.
            client.find(
                    where(name), () -> client.api(project).deleteApplication(name, null, project, true, "foreground"));
        }
        return Effect.deleted("Application", name, "with what it runs in " + tenant.namespace(environment));
    }

    Optional<String> remaining(Tenant tenant, Service service, EnvironmentName environment) {
        String name = Desired.applicationName(tenant, service, environment);
        return find(tenant.name().value(), name).map(application -> {
            String trouble = trouble(application);
            return where(name) + (trouble.isEmpty() ? " is being deleted" : " can't be deleted: " + trouble);
        });
    }

    Effect project(Tenant tenant) {
        String name = tenant.name().value();
        String where = "AppProject " + name;
        Optional<JsonNode> found = client.find(where, () -> client.api(name).project(name));
        if (found.isEmpty()) {
            return Effect.unchanged("AppProject", name);
        }
        OwnLabels.of(tenant.name()).require(where, labels(found.get()));
        if (writes) {
            try {
                client.find(where, () -> client.api(name).deleteProject(name));
            } catch (FailureException e) {
                throw e.failure().kind() == FailureKind.INPUT ? notEmpty(where, e) : e;
            }
        }
        return Effect.deleted("AppProject", name, "fence of the tenant");
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
        return client.find(where(name), () -> client.api(project).applicationJson(name, null, project));
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

    private static Map<?, ?> labels(JsonNode object) {
        JsonNode labels = object.at("/metadata/labels");
        return labels.isObject() ? new ObjectMapper().convertValue(labels, Map.class) : Map.of();
    }
}
