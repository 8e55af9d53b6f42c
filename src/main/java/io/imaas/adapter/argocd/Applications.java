package io.imaas.adapter.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imaas.adapter.argocd.api.ArgoCdClient;
import io.imaas.adapter.argocd.api.ProjectRequest;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a tenant's AppProject and Applications as they should be, and touches nothing that is already so. */
final class Applications {
    /** Lost races for one project. */
    private static final int TRIES = 4;

    private final ArgoCdClient client;
    private final Desired desired;
    private final boolean writes;

    /** @param writes whether what differs is written, or only told */
    Applications(ArgoCdClient client, Destination destination, boolean writes) {
        this.client = client;
        this.desired = new Desired(destination);
        this.writes = writes;
    }

    List<Effect> ensure(Tenant tenant, Service service, EnvironmentName environment) {
        return List.of(project(tenant), application(tenant, service, environment));
    }

    private Effect project(Tenant tenant) {
        for (int attempt = 1; ; attempt++) {
            try {
                return projectOnce(tenant);
            } catch (FailureException e) {
                if (e.failure().kind() != FailureKind.CONFLICT || attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** Roles, tokens and windows are other people's: they are read and written back with the version they were read at. */
    private Effect projectOnce(Tenant tenant) {
        String name = tenant.name().value();
        String where = "AppProject " + name;
        ObjectNode wanted = desired.projectSpec(tenant);
        Optional<ObjectNode> current =
                client.find(where, () -> client.api(name).project(name)).map(ObjectNode.class::cast);
        if (current.isEmpty()) {
            ObjectNode project = JsonNodeFactory.instance.objectNode();
            project.putObject("metadata").put("name", name).set("labels", desired.projectLabels(tenant));
            project.set("spec", wanted);
            if (writes) {
                client.once(where, client.api(name).createProject(new ProjectRequest(project, false)));
            }
            return Effect.created("AppProject", name, tenant.displayName());
        }
        ObjectNode project = current.get();
        boolean marked = merge(project.withObject("/metadata/labels"), desired.projectLabels(tenant));
        if (!merge(project.withObject("/spec"), wanted) && !marked) {
            return Effect.unchanged("AppProject", name);
        }
        project.remove("status");
        if (writes) {
            client.once(where, client.api(name).updateProject(name, new ProjectRequest(project, null)));
        }
        return Effect.updated("AppProject", name, "fence of the tenant");
    }

    private Effect application(Tenant tenant, Service service, EnvironmentName environment) {
        String name = Desired.applicationName(tenant, service, environment);
        String project = tenant.name().value();
        String where = "Application " + name;
        ObjectNode wanted = desired.applicationSpec(tenant, service, environment);
        Optional<ObjectNode> current = client.find(
                        where, () -> client.api(project).applicationJson(name, null, project))
                .map(ObjectNode.class::cast);
        ObjectNode spec = current.map(found -> found.withObject("/spec").deepCopy())
                .orElseGet(JsonNodeFactory.instance::objectNode);
        boolean changed = merge(spec, wanted);
        // A second source next to ours would be synced too.
        changed |= spec.remove("sources") != null;
        if (current.isPresent() && !changed) {
            return Effect.unchanged("Application", name);
        }
        ObjectNode application = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = application.putObject("metadata").put("name", name);
        metadata.set("labels", desired.labels(tenant, service, environment));
        current.map(found -> found.at("/metadata/finalizers"))
                .filter(JsonNode::isArray)
                .ifPresent(finalizers -> metadata.set("finalizers", finalizers));
        application.set("spec", spec);
        // Writing the same twice changes nothing, so it may be tried again: a new project takes a moment to be known.
        // Where
        // none was found nothing is replaced: one of that name in another tenant's project stays whose it is.
        boolean replace = current.isPresent();
        if (writes) {
            write(() -> client.once(where, client.api(project).upsertApplication(application, replace)));
        }
        return current.isPresent()
                ? Effect.updated("Application", name, "source, destination or policy")
                : Effect.created("Application", name, "in " + tenant.namespace(environment));
    }

    /** Just after a project is made Argo CD may not know it yet and answer 400 'does not exist', which we call EXTERNAL. */
    private void write(Runnable call) {
        for (int attempt = 1; ; attempt++) {
            try {
                call.run();
                return;
            } catch (FailureException e) {
                if (e.failure().kind() != FailureKind.EXTERNAL || attempt == TRIES) {
                    throw e;
                }
                client.pause(Duration.ofMillis(200L << attempt));
            }
        }
    }

    /** Sets our keys. Returns whether any was different. */
    private static boolean merge(ObjectNode into, ObjectNode wanted) {
        boolean changed = false;
        for (Map.Entry<String, JsonNode> entry : wanted.properties()) {
            JsonNode now = into.get(entry.getKey());
            boolean absent = now == null
                    && entry.getValue().isEmpty()
                    && entry.getValue().isContainerNode();
            if (entry.getKey().equals("syncPolicy") && now instanceof ObjectNode policy) {
                changed |= merge(policy, (ObjectNode) entry.getValue());
            } else if (!absent && !entry.getValue().equals(now)) {
                into.set(entry.getKey(), entry.getValue());
                changed = true;
            }
        }
        return changed;
    }
}
