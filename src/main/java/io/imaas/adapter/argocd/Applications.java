package io.imaas.adapter.argocd;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imaas.adapter.argocd.api.ArgoCdApi.ProjectRequest;
import io.imaas.adapter.argocd.api.ArgoCdClient;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Effect.FieldChange;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.GpgFingerprint;
import io.imaas.model.kubernetes.ObjectDiff;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import retrofit2.Call;

/** Makes a tenant's AppProject and Applications as they should be, and touches nothing that is already so. */
final class Applications {
    /** Lost races for one project. */
    private static final int TRIES = 4;

    private final ArgoCdClient client;
    private final Desired desired;
    /** What was there when the run began, where it is one over many tenants. */
    final Optional<Listed> listed;

    private final boolean writes;
    private final boolean adopts;

    /** @param writes whether what differs is written, or only told */
    Applications(ArgoCdClient client, ArgoCdSettings settings, boolean writes) {
        this.client = client;
        this.desired = new Desired(settings.chartFolder());
        this.listed = settings.manyTenants() ? Optional.of(new Listed(client)) : Optional.empty();
        this.writes = writes;
        this.adopts = settings.adopts();
    }

    List<Effect> ensure(Tenant tenant, Service service, EnvironmentName environment, List<GpgFingerprint> signers) {
        Effect project = project(tenant, environment, signers);
        try {
            return List.of(project, application(tenant, service, environment));
        } catch (FailureException e) {
            throw e.after(List.of(project));
        }
    }

    private Effect project(Tenant tenant, EnvironmentName environment, List<GpgFingerprint> signers) {
        for (int attempt = 1; ; attempt++) {
            try {
                return projectOnce(tenant, environment, signers);
            } catch (FailureException e) {
                if (e.failure().kind() != FailureKind.CONFLICT || attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    /**
     * Roles, tokens, and windows that are not ours are other people's: they are read and written back with the version they
     * were read at.
     */
    private Effect projectOnce(Tenant tenant, EnvironmentName environment, List<GpgFingerprint> signers) {
        String name = Desired.projectName(tenant, environment);
        String where = "AppProject " + name;
        ObjectNode wanted = desired.projectSpec(tenant, environment, signers);
        ObjectNode labels = desired.projectLabels(tenant, environment, signers);
        if (listed.flatMap(all -> all.project(name))
                .filter(found -> !updateProject(found, wanted, labels))
                .isPresent()) {
            return Effect.unchanged("AppProject", name);
        }
        Optional<ObjectNode> current =
                client.find(where, () -> client.api().project(name)).map(ObjectNode.class::cast);
        if (current.isEmpty()) {
            ObjectNode project = JsonNodeFactory.instance.objectNode();
            project.putObject("metadata").put("name", name).set("labels", labels);
            project.set("spec", wanted);
            return done(
                    Effect.created("AppProject", name, tenant.displayName()),
                    () -> written(where, wanted, client.api().createProject(new ProjectRequest(project, false))));
        }
        ObjectNode project = current.get();
        OwnLabels.of(tenant, environment)
                .requireOrAdopt(where, Removals.labels(project), adopts || tenant.adopts(environment));
        JsonNode before = project.deepCopy();
        if (!updateProject(project, wanted, labels)) {
            return Effect.unchanged("AppProject", name);
        }
        project.remove("status");
        return done(
                Effect.updated("AppProject", name, "", differences(before, project), replaced(before)),
                () -> written(where, wanted, client.api().updateProject(name, new ProjectRequest(project, null))));
    }

    /** Sets our keys, and takes away what a label says that we set once. Returns whether any was different. */
    private static boolean updateProject(ObjectNode project, ObjectNode wanted, ObjectNode labels) {
        boolean changed = merge(project.withObject("/metadata/labels"), labels);
        changed |= merge(project.withObject("/spec"), wanted);
        changed |= takenAway(project, labels, Desired.WINDOWS, "syncWindows");
        return takenAway(project, labels, Desired.SIGNATURES, "sourceIntegrity") || changed;
    }

    private static boolean takenAway(ObjectNode project, ObjectNode labels, String label, String field) {
        if (labels.has(label) || project.withObject("/metadata/labels").remove(label) == null) {
            return false;
        }
        project.withObject("/spec").remove(field);
        return true;
    }

    /** A server that does not know a field drops it in silence: then nobody would check what we say is checked. */
    private void written(String where, JsonNode wanted, Call<JsonNode> write) {
        JsonNode kept = client.once(where, write);
        if (wanted.has("sourceIntegrity") && !kept.at("/spec").has("sourceIntegrity")) {
            throw FailureException.input(
                    "this Argo CD does not check signatures of commits: it dropped spec.sourceIntegrity",
                    where,
                    "update Argo CD to 3.5 or later, or remove 'gpg' from 'orchestrators' in platform.yaml");
        }
    }

    private Effect application(Tenant tenant, Service service, EnvironmentName environment) {
        String name = tenant.application(service.name(), environment);
        String project = Desired.projectName(tenant, environment);
        String where = "Application " + name;
        ObjectNode wanted = desired.applicationSpec(tenant, service, environment);
        ObjectNode own = desired.labels(tenant, service, environment);
        if (listed.flatMap(all -> all.application(name, project))
                .filter(found -> !updateApplication(
                        found.withObject("/spec"), found.withObject("/metadata/labels"), wanted, own))
                .isPresent()) {
            return Effect.unchanged("Application", name);
        }
        boolean adopted = service.adopted(environment).isPresent();
        Optional<ObjectNode> current = client.find(where, () -> client.api().applicationJson(name, null, project))
                .or(() -> adopted ? elsewhere(name) : Optional.empty())
                .map(ObjectNode.class::cast);
        current.ifPresent(found -> OwnLabels.of(tenant.name(), service.name(), environment)
                .requireOrAdopt(
                        where,
                        Removals.labels(found),
                        adopts || adopted || found.at("/spec/project").asText().equals(project)));
        ObjectNode spec = current.map(found -> found.withObject("/spec").deepCopy())
                .orElseGet(JsonNodeFactory.instance::objectNode);
        ObjectNode labels = current.map(
                        found -> found.withObject("/metadata/labels").deepCopy())
                .orElseGet(JsonNodeFactory.instance::objectNode);
        boolean changed = updateApplication(spec, labels, wanted, own);
        if (current.isPresent() && !changed) {
            return Effect.unchanged("Application", name);
        }
        ObjectNode application = document(name, current.map(found -> found.at("/metadata/finalizers")), labels, spec);
        // Not validated: before its first release the branch has nothing to render, and that is no mistake.
        // Writing the same twice changes nothing, so it may be tried again: a new project takes a moment to be known.
        // Where none was found nothing is replaced: one of that name in another tenant's project stays whose it is.
        boolean replace = current.isPresent();
        return done(
                current.map(before -> Effect.updated(
                                "Application", name, "", differences(before, application), replaced(before)))
                        .orElseGet(() -> Effect.created("Application", name, "in " + tenant.namespace(environment))),
                () -> write(() -> client.once(where, client.api().upsertApplication(application, replace, false))));
    }

    private static boolean updateApplication(ObjectNode spec, ObjectNode labels, ObjectNode wanted, ObjectNode own) {
        // Before 3.4 the server adds it where it says nothing.
        if (spec.at("/source/directory") instanceof ObjectNode directory
                && directory.path("jsonnet").isEmpty()) {
            directory.remove("jsonnet");
        }
        boolean changed = merge(spec, wanted);
        changed |= merge(labels, own);
        // A second source next to ours would be synced too.
        changed |= spec.remove("sources") != null;
        return spec.remove("sourceHydrator") != null || changed;
    }

    /** One that ran before is in another project, and goes on in the tenant's. By its name alone it can't be asked for. */
    private Optional<JsonNode> elsewhere(String name) {
        JsonNode all = client.retry("the applications", () -> client.api().applicationsOf(null));
        return StreamSupport.stream(all.path("items").spliterator(), false)
                .filter(found -> found.at("/metadata/name").asText().equals(name))
                .findFirst();
    }

    /** Without an answer it may have been done all the same: whoever takes it back looks first. */
    private Effect done(Effect effect, Runnable write) {
        try {
            if (writes) {
                write.run();
            }
            return effect;
        } catch (FailureException e) {
            throw e.failure().kind() == FailureKind.EXTERNAL ? e.after(List.of(effect)) : e;
        }
    }

    /** Labels and spec of projects and applications as they were. One that is so is not written. */
    Effect restore(Effect updated, String project) {
        String name = updated.name();
        String where = updated.type() + " " + name;
        boolean isProject = updated.type().equals("AppProject");
        Optional<JsonNode> current = client.find(
                where,
                () -> isProject ? client.api().project(name) : client.api().applicationJson(name, null, project));
        JsonNode before = client.mapper().valueToTree(updated.replaced());
        if (!writes
                || current.filter(now -> !now.path("spec").equals(before.path("spec"))
                                || !now.at("/metadata/labels").equals(before.path("labels")))
                        .isEmpty()) {
            return Effect.unchanged(updated.type(), name);
        }
        ObjectNode now = (ObjectNode) current.get();
        if (isProject) {
            now.set("spec", before.path("spec"));
            now.withObject("/metadata").set("labels", before.path("labels"));
            now.remove("status");
            client.once(where, client.api().updateProject(name, new ProjectRequest(now, null)));
        } else {
            JsonNode finalizers = now.at("/metadata/finalizers");
            replace(where, document(name, Optional.of(finalizers), before.path("labels"), before.path("spec")));
        }
        return Effect.updated(updated.type(), name, "is as it was before");
    }

    /** What is not there runs nothing. */
    void handOver(Tenant tenant, ServiceName service, EnvironmentName environment, boolean autoscaled, Instant now) {
        String name = tenant.application(service, environment);
        String project = Desired.projectName(tenant, environment);
        String where = "Application " + name;
        client.find(where, () -> client.api().applicationJson(name, null, project))
                .map(ObjectNode.class::cast)
                .filter(found -> PodNumbers.handOver(found.withObject("/spec"), autoscaled, now))
                .ifPresent(found -> replace(
                        where,
                        document(
                                name,
                                Optional.of(found.at("/metadata/finalizers")),
                                found.withObject("/metadata/labels"),
                                found.get("spec"))));
    }

    private void replace(String where, ObjectNode application) {
        if (writes) {
            client.once(where, client.api().upsertApplication(application, true, false));
        }
    }

    /** What may be written: Argo CD refuses what the server itself sets, such as the version. */
    private static ObjectNode document(String name, Optional<JsonNode> finalizers, JsonNode labels, JsonNode spec) {
        ObjectNode application = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = application.putObject("metadata").put("name", name);
        metadata.set("labels", labels);
        finalizers.filter(JsonNode::isArray).ifPresent(found -> metadata.set("finalizers", found));
        application.set("spec", spec);
        return application;
    }

    private Map<String, Object> replaced(JsonNode before) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        kept.set("labels", before.at("/metadata/labels").deepCopy());
        kept.set("spec", before.path("spec").deepCopy());
        return client.mapper().convertValue(kept, new TypeReference<LinkedHashMap<String, Object>>() {});
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

    /** Field by field, of what we write. */
    private List<FieldChange> differences(JsonNode before, JsonNode after) {
        return Stream.of("metadata.labels", "spec")
                .flatMap(part -> {
                    String pointer = "/" + part.replace('.', '/');
                    return ObjectDiff.changes(map(part, before.at(pointer)), map(part, after.at(pointer))).stream();
                })
                .toList();
    }

    private Map<?, ?> map(String part, JsonNode node) {
        return Map.of(part, client.mapper().convertValue(node.isMissingNode() ? Map.of() : node, Map.class));
    }

    /** Sets our keys. Returns whether any was different. */
    private static boolean merge(ObjectNode into, ObjectNode wanted) {
        boolean changed = false;
        for (Map.Entry<String, JsonNode> entry : wanted.properties()) {
            JsonNode now = into.get(entry.getKey());
            boolean absent = now == null
                    && entry.getValue().isEmpty()
                    && entry.getValue().isContainerNode();
            if (PodNumbers.isShared(entry.getKey())) {
                changed |= PodNumbers.merge(into, entry.getKey(), entry.getValue());
            } else if (entry.getKey().equals("syncPolicy") && now instanceof ObjectNode policy) {
                changed |= merge(policy, (ObjectNode) entry.getValue());
            } else if (!absent && !entry.getValue().equals(now)) {
                into.set(entry.getKey(), entry.getValue());
                changed = true;
            }
        }
        return changed;
    }
}
