package io.imaas.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.ServerSideApplicable;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Effect.FieldChange;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.kubernetes.ObjectDiff;
import io.imaas.model.kubernetes.Quantity;
import io.imaas.port.Cluster.Applied;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Brings one tenant's space to what is wanted: only what differs is written, by server-side apply. Used once.
 */
final class SpaceKeeper {
    private final KubernetesClient client;
    private final Inventory inventory;
    private final boolean writes;
    private final boolean adopts;
    private final List<Effect> effects = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private boolean namespaceIsNew;

    /**
     * @param writes whether what differs is written; otherwise the server is asked what it would do
     * @param adopts whether objects that say nothing of their owner are taken over
     */
    SpaceKeeper(KubernetesClient client, Inventory inventory, boolean writes, boolean adopts) {
        this.client = client;
        this.inventory = inventory;
        this.writes = writes;
        this.adopts = adopts;
    }

    Applied ensure(List<ClusterObject> space) {
        try {
            inventory.readAhead(space);
        } catch (KubernetesClientException e) {
            Failure failure = failure(e, space.get(0));
            // What one kind's list says of our rights is told of its objects.
            if (failure.kind() == FailureKind.EXTERNAL) {
                return new Applied(List.of(), List.of(failure), List.of());
            }
        }
        for (ClusterObject object : space) {
            attempt(object, () -> one(object));
            if (!failures.isEmpty() && isTheEnd(object)) {
                return new Applied(effects, failures, warnings);
            }
        }
        if (failures.isEmpty() && !namespaceIsNew && space.get(0).isNamespace()) {
            attempt(space.get(0), () -> foreignAccess(space));
        }
        return new Applied(effects, failures, warnings);
    }

    /** What was done before stays known when it fails: somebody may have to take it back. */
    private void attempt(ClusterObject about, Runnable work) {
        try {
            work.run();
        } catch (KubernetesClientException e) {
            failures.add(failure(e, about));
        } catch (FailureException e) {
            failures.add(e.failure());
        }
    }

    private Failure failure(KubernetesClientException e, ClusterObject object) {
        return ApiErrors.failure(e, object.id(), client.getMasterUrl().toString())
                .failure();
    }

    /** Without its namespace nothing else is ours to write; a server that does not answer will not answer for the rest. */
    private boolean isTheEnd(ClusterObject object) {
        return object.isNamespace() || failures.get(failures.size() - 1).kind() == FailureKind.EXTERNAL;
    }

    private void one(ClusterObject wanted) {
        if (!inventory.serves(wanted)) {
            tellMissing(wanted);
            return;
        }
        GenericKubernetesResource found = namespaceIsNew ? null : look(wanted).orElse(null);
        if (wanted.isAbsent()) {
            remove(wanted, found);
            return;
        }
        if (found == null) {
            create(wanted);
            return;
        }
        requireOurs(wanted, found);
        boolean values = ObjectDiff.holds(fields(found), wanted.fields());
        if (values && OwnedFields.match(found, wanted.owner().fieldManager(), wanted.fields())) {
            effects.add(Effect.unchanged(wanted.kind(), wanted.shown()));
        } else {
            update(wanted, found, values);
        }
    }

    /** Who may not even look has put nothing there that would have to go. */
    private Optional<GenericKubernetesResource> look(ClusterObject wanted) {
        try {
            return inventory.find(wanted);
        } catch (KubernetesClientException e) {
            if (wanted.isAbsent() && e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Once for each group: the rest of it says nothing new. */
    private void tellMissing(ClusterObject wanted) {
        String what = "the cluster does not know " + wanted.kind() + " (" + wanted.apiVersion() + ")";
        String fix = "install its definitions, or switch the part off: section 'onboarding' of platform.yaml";
        Location where = Location.of(wanted.apiVersion());
        if (wanted.isAbsent() || warnings.stream().anyMatch(known -> where.equals(known.where()))) {
            return;
        }
        if (!wanted.isOptional()) {
            throw FailureException.input(what, wanted.id(), fix);
        }
        warnings.add(Problem.warning("missing-kind", where, what, fix));
    }

    /** Somebody else's object of the same name stays. */
    private void remove(ClusterObject unwanted, GenericKubernetesResource found) {
        if (found == null || !unwanted.owner().match(found.getMetadata().getLabels())) {
            return;
        }
        if (unwanted.stays()) {
            // Deleted and made again it would be another account, and tokens of running pods would be of none.
            Map<String, Object> id = Map.of("name", unwanted.name(), "namespace", unwanted.namespace());
            update(
                    unwanted.with(Map.of("apiVersion", unwanted.apiVersion(), "kind", unwanted.kind(), "metadata", id)),
                    found,
                    false);
            return;
        }
        Effect deleted = Effect.deleted(unwanted.kind(), unwanted.shown(), "", ObjectDiff.applicable(fields(found)));
        if (writes) {
            trying(deleted, () -> resource(unwanted)
                    .lockResourceVersion(found.getMetadata().getResourceVersion())
                    .delete());
            inventory.gone(unwanted);
        }
        effects.add(deleted);
    }

    private void create(ClusterObject wanted) {
        Effect created = Effect.created(wanted.kind(), wanted.shown(), "");
        // In a namespace that does not exist the server can't be asked what it would do.
        if (writes || !namespaceIsNew) {
            trying(created, () -> apply(wanted, false));
        }
        namespaceIsNew |= wanted.isNamespace();
        effects.add(created);
    }

    /** What was tried and may have been done counts as done: whoever takes it back looks first. */
    private <T> T trying(Effect effect, Supplier<T> write) {
        try {
            return write.get();
        } catch (KubernetesClientException e) {
            if (writes && ApiErrors.mayHaveBeenDone(e)) {
                effects.add(effect);
            }
            throw e;
        }
    }

    private void requireOurs(ClusterObject wanted, GenericKubernetesResource found) {
        if (wanted.isNamespace() && found.getMetadata().getDeletionTimestamp() != null) {
            inventory.forget();
            throw FailureException.external(
                    "the namespace is being deleted",
                    wanted.id(),
                    "wait until it is gone ('kubectl get namespace " + wanted.name() + "'), and run it again",
                    Duration.ofSeconds(5));
        }
        // What is protected is taken back inside our own namespace.
        boolean byName =
                !wanted.namespace().isEmpty() && (ClusterObject.PROTECTED.contains(wanted.kind()) || wanted.stays());
        if (!byName) {
            wanted.owner().requireOrAdopt(wanted.id(), found.getMetadata().getLabels(), adopts || wanted.adopted());
        }
    }

    private void update(ClusterObject wanted, GenericKubernetesResource found, boolean sameValues) {
        tellUse(wanted, found);
        String takenBack = "";
        Map<String, Object> before =
                OwnedFields.of(found, wanted.owner().fieldManager(), ObjectDiff.applicable(fields(found)));
        GenericKubernetesResource after;
        try {
            after = trying(
                    Effect.updated(wanted.kind(), wanted.shown(), "the answer was lost", List.of(), before),
                    () -> apply(wanted, false));
        } catch (KubernetesClientException e) {
            String conflicts = conflicts(e);
            if (conflicts.isEmpty()) {
                throw e;
            }
            if (!ClusterObject.PROTECTED.contains(wanted.kind())) {
                warnings.add(Problem.warning(
                        "field-conflict",
                        Location.of(wanted.id()),
                        "it is left as it is: " + conflicts,
                        "let one of the two go: take the field back there, or leave it out here"));
                return;
            }
            after = apply(wanted, true);
            takenBack = "taken back, " + conflicts;
        }
        List<FieldChange> changes = ObjectDiff.changes(fields(found), fields(after));
        boolean sameVersion = writes
                ? found.getMetadata()
                        .getResourceVersion()
                        .equals(after.getMetadata().getResourceVersion())
                : !sameValues;
        boolean nothing = takenBack.isEmpty() && changes.isEmpty();
        if (nothing && sameVersion) {
            effects.add(Effect.unchanged(wanted.kind(), wanted.shown()));
            return;
        }
        // What others had no right to change is not given back to them.
        effects.add(Effect.updated(
                wanted.kind(),
                wanted.shown(),
                nothing ? "its fields become ours" : takenBack,
                changes,
                takenBack.isEmpty() ? before : Map.of()));
    }

    /** A quota that is lower than what runs stops nothing, and lets nothing start any more: not even what is rolled out. */
    private void tellUse(ClusterObject wanted, GenericKubernetesResource found) {
        if (!wanted.kind().equals("ResourceQuota")) {
            return;
        }
        Map<?, ?> used = found.get("status", "used") instanceof Map<?, ?> map ? map : Map.of();
        Map<?, ?> hard =
                ((Map<?, ?>) wanted.fields().get("spec")).get("hard") instanceof Map<?, ?> map ? map : Map.of();
        String beyond = used.entrySet().stream()
                .filter(entry -> hard.containsKey(entry.getKey())
                        && quantity(entry.getValue()).compareTo(quantity(hard.get(entry.getKey()))) > 0)
                .map(entry ->
                        entry.getKey() + " " + hard.get(entry.getKey()) + ", and " + entry.getValue() + " are used")
                .sorted()
                .collect(Collectors.joining("; "));
        if (!beyond.isEmpty()) {
            warnings.add(Problem.warning(
                    "quota-below-use",
                    Location.of(wanted.id()),
                    "the quota is lower than what runs, so that nothing new starts: " + beyond,
                    "raise 'quota' in the tenant's file, or run less first"));
        }
    }

    private static Quantity quantity(Object value) {
        return Quantity.parse(String.valueOf(value));
    }

    /** Who holds which field with another value, in the server's words; empty when the refusal is about something else. */
    private static String conflicts(KubernetesClientException e) {
        Status status = e.getStatus();
        if (e.getCode() != 409 || status == null || status.getDetails() == null) {
            return "";
        }
        return status.getDetails().getCauses().stream()
                .map(SpaceKeeper::conflict)
                .collect(Collectors.joining(", "));
    }

    private static String conflict(StatusCause cause) {
        return cause.getField() + " is set by " + cause.getMessage().replaceFirst("^conflict with ", "");
    }

    private GenericKubernetesResource apply(ClusterObject wanted, boolean force) {
        var all = client.genericKubernetesResources(wanted.apiVersion(), wanted.kind());
        var serialization = client.getKubernetesSerialization();
        var object = serialization.convertValue(wanted.fields(), GenericKubernetesResource.class);
        ServerSideApplicable<GenericKubernetesResource> patch = (wanted.namespace()
                                .isEmpty()
                        ? all.resource(object)
                        : all.inNamespace(wanted.namespace()).resource(object))
                .dryRun(!writes)
                .fieldManager(wanted.owner().fieldManager());
        return (force ? patch.forceConflicts() : patch).serverSideApply();
    }

    private Resource<GenericKubernetesResource> resource(ClusterObject object) {
        var all = client.genericKubernetesResources(object.apiVersion(), object.kind());
        return object.namespace().isEmpty()
                ? all.withName(object.name())
                : all.inNamespace(object.namespace()).withName(object.name());
    }

    /**
     * Our fields with the values that they had before, whoever holds them now. What is no longer among them is given up. What
     * is as it was, because its change never came about, is not written: fields of others would become ours.
     */
    Effect restore(ClusterObject before) {
        GenericKubernetesResource now = resource(before).get();
        if (now != null
                && now.getMetadata() != null
                && ObjectDiff.holds(fields(now), before.fields())
                && OwnedFields.match(now, before.owner().fieldManager(), before.fields())) {
            return Effect.unchanged(before.kind(), before.shown());
        }
        apply(before, true);
        return Effect.updated(before.kind(), before.shown(), "is as it was before");
    }

    /** Without what the server notes of it, such as who manages which field, which is most of an object. */
    private Map<String, Object> fields(GenericKubernetesResource object) {
        ObjectMeta all = object.getMetadata();
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", all.getName());
        metadata.put("namespace", all.getNamespace());
        metadata.put("labels", all.getLabels());
        metadata.put("annotations", all.getAnnotations());
        metadata.put("finalizers", all.getFinalizers());
        metadata.put(
                "ownerReferences",
                client.getKubernetesSerialization().convertValue(all.getOwnerReferences(), List.class));
        metadata.values().removeIf(value -> value == null || value.equals(List.of()) || value.equals(Map.of()));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("apiVersion", object.getApiVersion());
        fields.put("kind", object.getKind());
        fields.put("metadata", metadata);
        fields.putAll(object.getAdditionalProperties());
        return fields;
    }

    /** Network policies add up: one that somebody else made can open what ours keep shut. Those of services are reviewed. */
    private void foreignAccess(List<ClusterObject> space) {
        Set<String> wanted = space.stream().map(ClusterObject::id).collect(Collectors.toSet());
        for (GenericKubernetesResource policy : inventory.policies(space.get(0).name())) {
            String id = "NetworkPolicy/" + policy.getMetadata().getNamespace() + "/"
                    + policy.getMetadata().getName();
            Map<String, String> labels = policy.getMetadata().getLabels();
            if (!wanted.contains(id) && (labels == null || !labels.containsKey("imaas.io/service"))) {
                warnings.add(Problem.warning(
                        "foreign-policy",
                        Location.of(id),
                        "this network policy is not the platform's and may open what the platform keeps shut",
                        "delete it, or declare the access in the tenant's file"));
            }
        }
    }
}
