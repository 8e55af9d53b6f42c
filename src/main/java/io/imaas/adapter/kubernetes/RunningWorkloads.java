package io.imaas.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.imaas.model.failure.Effect;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.model.rollout.RunningApplication;
import io.imaas.port.RunningApplications;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a cluster runs without a deployment server: each workload is an application, with the objects that are for it alone.
 * What the API server sets by itself and the marks of tools are left out: the rest, applied again, changes nothing.
 */
public final class RunningWorkloads implements RunningApplications {
    private static final Map<String, String> WORKLOADS =
            Map.of("Deployment", "apps/v1", "StatefulSet", "apps/v1", "DaemonSet", "apps/v1", "CronJob", "batch/v1");
    private static final Map<String, String> OTHERS = Map.of(
            "Service", "v1",
            "ConfigMap", "v1",
            "ServiceAccount", "v1",
            "HorizontalPodAutoscaler", "autoscaling/v2",
            "PodDisruptionBudget", "policy/v1",
            "Ingress", "networking.k8s.io/v1");
    private static final List<String> MARKS =
            List.of("kubectl.kubernetes.io/", "deployment.kubernetes.io/", "meta.helm.sh/");
    private static final Set<String> CONFIG = Set.of("configMap", "configMapRef", "configMapKeyRef");
    /** Labels and annotations of whoever would put back what somebody else changes. */
    private static final Map<String, String> KEEPERS = Map.of(
            "argocd.argoproj.io/tracking-id", "Argo CD keeps it: name its server by --argocd",
            "kustomize.toolkit.fluxcd.io/name", "Flux keeps it: take it out of its Kustomization first",
            "helm.toolkit.fluxcd.io/name", "Flux keeps it: take it out of its HelmRelease first");

    private final KubernetesClient client;
    private Map<RunningApplication, GenericKubernetesResource> workloads = Map.of();
    private List<GenericKubernetesResource> others = List.of();

    RunningWorkloads(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public List<RunningApplication> all() {
        Map<RunningApplication, GenericKubernetesResource> found = new HashMap<>();
        objects(WORKLOADS).forEach(workload -> found.put(application(workload), workload));
        workloads = found;
        others = objects(OTHERS)
                .filter(object -> object.getMetadata().getOwnerReferences().isEmpty())
                .sorted(Comparator.comparing(GenericKubernetesResource::getKind)
                        .thenComparing(object -> object.getMetadata().getName()))
                .toList();
        return found.keySet().stream()
                .sorted(Comparator.comparing(RunningApplication::name))
                .toList();
    }

    /** One list for each kind. */
    private Stream<GenericKubernetesResource> objects(Map<String, String> kinds) {
        return kinds.entrySet().stream().flatMap(kind -> {
            try {
                List<GenericKubernetesResource> items = client.genericKubernetesResources(
                                kind.getValue(), kind.getKey())
                        .inAnyNamespace()
                        .list()
                        .getItems();
                // The server names the kind once for the whole list.
                items.forEach(item -> item.setApiVersion(kind.getValue()));
                items.forEach(item -> item.setKind(kind.getKey()));
                return items.stream();
            } catch (KubernetesClientException e) {
                throw ApiErrors.failure(e, kind.getKey(), client.getMasterUrl().toString());
            }
        });
    }

    private static RunningApplication application(GenericKubernetesResource workload) {
        Map<String, String> marks = new HashMap<>(workload.getMetadata().getLabels());
        marks.putAll(workload.getMetadata().getAnnotations());
        List<String> obstacles = new ArrayList<>();
        workload.getMetadata()
                .getOwnerReferences()
                .forEach(owner ->
                        obstacles.add(owner.getKind() + " " + owner.getName() + " makes it and would put it back"));
        KEEPERS.forEach((mark, why) -> {
            if (marks.containsKey(mark)) {
                obstacles.add(why);
            }
        });
        if (workload.getMetadata().getDeletionTimestamp() != null) {
            obstacles.add("it is being deleted");
        }
        String release = marks.getOrDefault("meta.helm.sh/release-name", "");
        String namespace = workload.getMetadata().getNamespace();
        return new RunningApplication(
                namespace + "-" + workload.getMetadata().getName(),
                "",
                namespace,
                workload.getKind() + (release.isEmpty() ? "" : " of the Helm release " + release),
                true,
                marks.containsKey(OwnLabels.TENANT),
                obstacles);
    }

    /** What several workloads use is nobody's: it stays as it is. */
    @Override
    public String manifests(RunningApplication application) {
        GenericKubernetesResource workload = workloads.get(application);
        List<GenericKubernetesResource> neighbours = workloads.values().stream()
                .filter(other -> isBeside(other, workload))
                .toList();
        List<GenericKubernetesResource> own = new ArrayList<>(List.of(workload));
        others.stream()
                .filter(object -> isBeside(object, workload) && isFor(object, workload))
                .filter(object ->
                        neighbours.stream().filter(one -> isFor(object, one)).count() == 1)
                .forEach(own::add);
        boolean autoscaled = own.stream().anyMatch(object -> object.getKind().equals("HorizontalPodAutoscaler"));
        return own.stream()
                .map(object -> Serialization.asYaml(cleaned(object, autoscaled)))
                .collect(Collectors.joining("---\n"));
    }

    private static boolean isBeside(GenericKubernetesResource one, GenericKubernetesResource other) {
        return one.getMetadata().getNamespace().equals(other.getMetadata().getNamespace());
    }

    private boolean isFor(GenericKubernetesResource object, GenericKubernetesResource workload) {
        String name = object.getMetadata().getName();
        return switch (object.getKind()) {
            case "Service" -> selects(object.get("spec", "selector"), workload);
            case "PodDisruptionBudget" -> selects(object.get("spec", "selector", "matchLabels"), workload);
            case "HorizontalPodAutoscaler" ->
                workload.getKind().equals(object.get("spec", "scaleTargetRef", "kind"))
                        && workload.getMetadata().getName().equals(object.get("spec", "scaleTargetRef", "name"));
            case "ServiceAccount" -> name.equals(pod(workload, "spec", "serviceAccountName"));
            case "Ingress" -> {
                Set<String> called = names(object.getAdditionalProperties(), Set.of("service"));
                yield others.stream()
                        .filter(one -> one.getKind().equals("Service") && isBeside(one, object))
                        .anyMatch(one -> called.contains(one.getMetadata().getName()) && isFor(one, workload));
            }
            default -> names(pod(workload, "spec"), CONFIG).contains(name);
        };
    }

    /** A field of its pods' template. */
    private static Object pod(GenericKubernetesResource workload, String... field) {
        List<String> path = workload.getKind().equals("CronJob")
                ? List.of("spec", "jobTemplate", "spec", "template")
                : List.of("spec", "template");
        return workload.get(Stream.concat(path.stream(), Stream.of(field)).toArray());
    }

    private static boolean selects(Object selector, GenericKubernetesResource workload) {
        return selector instanceof Map<?, ?> wanted
                && !wanted.isEmpty()
                && pod(workload, "metadata", "labels") instanceof Map<?, ?> labels
                && labels.entrySet().containsAll(wanted.entrySet());
    }

    /** The names in all references below one of these keys. */
    private static Set<String> names(Object node, Set<String> keys) {
        Set<String> names = new HashSet<>();
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (keys.contains(key) && value instanceof Map<?, ?> reference) {
                    names.add(String.valueOf(reference.get("name")));
                }
                names.addAll(names(value, keys));
            });
        } else if (node instanceof List<?> list) {
            list.forEach(item -> names.addAll(names(item, keys)));
        }
        return names;
    }

    private Map<?, ?> cleaned(GenericKubernetesResource object, boolean autoscaled) {
        Map<?, ?> copy =
                (Map<?, ?>) unmarked(client.getKubernetesSerialization().convertValue(object, Map.class));
        copy.remove("status");
        ((Map<?, ?>) copy.get("metadata")).keySet().retainAll(Set.of("name", "labels", "annotations"));
        if (copy.get("spec") instanceof Map<?, ?> spec) {
            if (object.getKind().equals("Service") && !"None".equals(spec.get("clusterIP"))) {
                spec.keySet().removeAll(Set.of("clusterIP", "clusterIPs"));
            }
            if (autoscaled && WORKLOADS.containsKey(object.getKind())) {
                spec.remove("replicas");
            }
        }
        return copy;
    }

    /** A copy without marks, and without maps of labels and annotations that are empty then. */
    private static Object unmarked(Object node) {
        if (node instanceof List<?> list) {
            return list.stream().map(RunningWorkloads::unmarked).toList();
        }
        if (!(node instanceof Map<?, ?> map)) {
            return node;
        }
        Map<Object, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(key, unmarked(value)));
        for (String key : List.of("labels", "annotations")) {
            if (copy.get(key) instanceof Map<?, ?> marks) {
                marks.keySet().removeIf(mark -> MARKS.stream().anyMatch(String.valueOf(mark)::startsWith));
                if (marks.isEmpty()) {
                    copy.remove(key);
                }
            }
        }
        return copy;
    }

    /** A cluster has no projects and applications of ours. */
    @Override
    public List<Owned> owned(String platform) {
        return List.of();
    }

    /** What runs is what is wanted: nobody else says what should. */
    @Override
    public List<Effect> pending(RunningApplication application) {
        return List.of();
    }
}
