package io.imaas.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.OwnLabels;
import java.util.List;
import java.util.Map;

/**
 * One object of a service on its way into the cluster, by server-side apply. Git is what counts: a field that somebody else
 * set on an object of this very service is taken back, and told. An object that is not the service's keeps its fields.
 */
final class ServiceObject {
    /** Holds the number of pods between us and the autoscaler: a field that nobody holds falls back to 1. */
    static final String REPLICAS_MANAGER = KubernetesCluster.FIELD_MANAGER + "-replicas";

    private static final int CONFLICT = 409;
    private static final List<String> IDENTITY = List.of("imaas.io/tenant", "imaas.io/service");

    private final KubernetesClient client;
    private final GenericKubernetesResource wanted;
    private final String shown;
    private final GenericKubernetesResource before;

    ServiceObject(KubernetesClient client, Manifest manifest) {
        this.client = client;
        this.wanted = Serialization.unmarshal(manifest.yaml(), GenericKubernetesResource.class);
        if (!manifest.namespace().isEmpty()) {
            wanted.getMetadata().setNamespace(manifest.namespace());
        }
        this.shown = manifest.shown();
        this.before = resource(wanted).get();
    }

    /** @throws FailureException POLICY when the object is a part of the tenant's space */
    Effect apply() {
        if (before != null) {
            OwnLabels.requireNoSpace(
                    wanted.getKind() + "/" + shown, before.getMetadata().getLabels());
        }
        handReplicasOver();
        String taken = "";
        GenericKubernetesResource after;
        try {
            after = resource(wanted)
                    .fieldManager(KubernetesCluster.FIELD_MANAGER)
                    .serverSideApply();
        } catch (KubernetesClientException e) {
            if (e.getCode() != CONFLICT || !isOurs()) {
                throw e;
            }
            taken = "taken back: "
                    + (e.getStatus() == null ? e.getMessage() : e.getStatus().getMessage());
            after = resource(wanted)
                    .fieldManager(KubernetesCluster.FIELD_MANAGER)
                    .forceConflicts()
                    .serverSideApply();
        }
        if (before == null) {
            return Effect.created(wanted.getKind(), shown, "");
        }
        // The API server keeps the version when an apply changes nothing.
        return before.getMetadata()
                        .getResourceVersion()
                        .equals(after.getMetadata().getResourceVersion())
                ? Effect.unchanged(wanted.getKind(), shown)
                : Effect.updated(wanted.getKind(), shown, taken);
    }

    private boolean isOurs() {
        Map<String, String> there = before == null ? null : before.getMetadata().getLabels();
        Map<String, String> ours = wanted.getMetadata().getLabels();
        return there != null
                && ours != null
                && IDENTITY.stream()
                        .allMatch(label ->
                                ours.containsKey(label) && ours.get(label).equals(there.get(label)));
    }

    /**
     * Where an autoscaler comes in, Git names no number of pods any more. Before we let go of the field somebody else must
     * hold it with the same value: else there would be one pod until the autoscaler has looked.
     */
    private void handReplicasOver() {
        if (before == null || wanted.get("spec", "replicas") != null || !holdsReplicas()) {
            return;
        }
        GenericKubernetesResource replicas = new GenericKubernetesResource();
        replicas.setApiVersion(wanted.getApiVersion());
        replicas.setKind(wanted.getKind());
        replicas.setMetadata(new io.fabric8.kubernetes.api.model.ObjectMetaBuilder()
                .withName(wanted.getMetadata().getName())
                .withNamespace(wanted.getMetadata().getNamespace())
                .build());
        replicas.setAdditionalProperties(Map.of("spec", Map.of("replicas", before.<Object>get("spec", "replicas"))));
        resource(replicas).fieldManager(REPLICAS_MANAGER).serverSideApply();
    }

    private boolean holdsReplicas() {
        return before.getMetadata().getManagedFields().stream()
                .filter(entry -> KubernetesCluster.FIELD_MANAGER.equals(entry.getManager()))
                .map(ManagedFieldsEntry::getFieldsV1)
                .anyMatch(fields -> fields != null
                        && fields.getAdditionalProperties().get("f:spec") instanceof Map<?, ?> spec
                        && spec.containsKey("f:replicas"));
    }

    private Resource<GenericKubernetesResource> resource(GenericKubernetesResource object) {
        var all = client.genericKubernetesResources(object.getApiVersion(), object.getKind());
        String namespace = object.getMetadata().getNamespace();
        return namespace == null
                ? all.resource(object)
                : all.inNamespace(namespace).resource(object);
    }
}
