package io.imaas.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.ReducedStateItemStore;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.port.Cluster;
import io.imaas.port.Cluster.Applied;
import io.imaas.port.PullSecrets;
import io.imaas.port.RegistrySpaces.Account;
import io.imaas.port.RunLock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * {@link Cluster} on the Kubernetes API. Fields that we applied are ours ({@value #FIELD_MANAGER}); of an object that is not
 * ours a field that somebody else holds with another value is a CONFLICT and never taken by force.
 */
public final class KubernetesCluster implements Cluster, PullSecrets, AutoCloseable {
    /** The name under which the API server notes which fields are ours. */
    public static final String FIELD_MANAGER = "imaas";

    /** Lost races for one object: controllers write its status whenever they like. */
    private static final int TRIES = 5;

    private final KubernetesClient client;
    private final boolean writes;
    private final boolean adopts;
    /** Null: each space is read for itself. */
    private final Inventory everything;

    /** Takes the client over: {@link #close} closes it. */
    public KubernetesCluster(KubernetesClient client) {
        this(client, true, false, false);
    }

    private KubernetesCluster(KubernetesClient client, boolean writes, boolean adopts, boolean atOnce) {
        this.client = client;
        this.writes = writes;
        this.adopts = adopts;
        this.everything = atOnce ? new Inventory(client, "") : null;
    }

    /** The same, asked what it would do: a server-side dry run. */
    public KubernetesCluster previewing() {
        return new KubernetesCluster(client, false, adopts, everything != null);
    }

    /** The same, which takes over objects that say nothing of their owner. */
    public KubernetesCluster adopting() {
        return new KubernetesCluster(client, writes, true, everything != null);
    }

    /** The same for one run over many tenants: all their spaces are read at once, at the first that is asked about. */
    public KubernetesCluster atOnce() {
        return new KubernetesCluster(client, writes, adopts, true);
    }

    /**
     * @param context of the kubeconfig; empty: its current one, or the pod's own service account
     */
    public static KubernetesCluster connect(String context) {
        return connect(new ClusterAccess.Machine(context));
    }

    /** @throws FailureException INPUT when the access names no cluster; whether it answers, {@link #check} finds out */
    public static KubernetesCluster connect(ClusterAccess access) {
        return new KubernetesCluster(new KubernetesClientBuilder()
                .withConfig(ClusterSettings.of(access))
                .build());
    }

    /**
     * What lets one run change the cluster at a time.
     *
     * @param who for people: what holds it
     */
    public RunLock lock(String who) {
        return new RunLease(client, who);
    }

    /** What it runs without a deployment server. */
    public RunningWorkloads running() {
        return new RunningWorkloads(client);
    }

    /** Which cluster it is, for people: the API server's address, and the context of the kubeconfig where there is one. */
    public String address() {
        var context = client.getConfiguration().getCurrentContext();
        return client.getMasterUrl() + (context == null ? "" : " (context " + context.getName() + ")");
    }

    @Override
    public List<Effect> apply(List<Manifest> manifests) {
        List<Effect> effects = new ArrayList<>();
        for (Manifest manifest : manifests) {
            effects.add(calling(manifest.id(), () -> new ServiceObject(client, manifest).apply()));
        }
        return effects;
    }

    @Override
    public Applied ensure(List<ClusterObject> space) {
        ClusterObject first = space.get(0);
        Inventory inventory =
                everything == null ? new Inventory(client, first.isNamespace() ? first.name() : "") : everything;
        return new SpaceKeeper(client, inventory, writes, adopts).ensure(space);
    }

    @Override
    public Effect restore(ClusterObject before) {
        return calling(before.id(), () -> new SpaceKeeper(client, null, writes, adopts).restore(before));
    }

    @Override
    public Optional<Manifest> get(String apiVersion, String kind, String namespace, String name) {
        return calling(kind + "/" + name(namespace, name), () -> Optional.ofNullable(
                        resource(apiVersion, kind, namespace, name).get())
                .map(this::manifest));
    }

    @Override
    public List<Manifest> list(String apiVersion, String kind, String namespace, String label, String value) {
        return calling(kind + "/" + namespace, () -> {
            if (everything != null && Inventory.isOfAll(kind)) {
                return everything.all(apiVersion, kind).stream()
                        .filter(found -> found.getMetadata().getLabels() != null
                                && value.equals(found.getMetadata().getLabels().get(label)))
                        // Another tenant's step compares the same object with who holds its fields.
                        .map(found -> manifest(Serialization.clone(found)))
                        .toList();
            }
            var all = client.genericKubernetesResources(apiVersion, kind);
            var here = namespace.isEmpty() ? all : all.inNamespace(namespace);
            // Events carry no labels of what they tell of.
            var found = kind.equals("Event") ? here.withField(label, value) : here.withLabel(label, value);
            return found.list().getItems().stream().map(this::manifest).toList();
        });
    }

    /** An informer: it lists again by itself when its watch breaks, and goes on trying while nobody answers. */
    @Override
    public AutoCloseable watch(String apiVersion, String kind, String label, BiConsumer<String, String> changed) {
        return calling(kind, () -> {
            SharedIndexInformer<GenericKubernetesResource> informer = client.genericKubernetesResources(
                            apiVersion, kind)
                    .inAnyNamespace()
                    .withLabel(label)
                    .runnableInformer(0)
                    // Nobody asks it what there is: of each object its name and labels are enough.
                    .itemStore(new ReducedStateItemStore<>(
                            ReducedStateItemStore.NAME_KEY_STATE,
                            GenericKubernetesResource.class,
                            client.getKubernetesSerialization(),
                            "metadata.labels"))
                    .exceptionHandler((started, problem) -> true)
                    .addEventHandler(new Changes(label, changed));
            informer.start();
            return informer;
        });
    }

    /** All that happens is one thing: something of whatever the label names changed. */
    private record Changes(String label, BiConsumer<String, String> changed)
            implements ResourceEventHandler<GenericKubernetesResource> {
        @Override
        public void onAdd(GenericKubernetesResource object) {
            tell(object);
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource after) {
            tell(after);
        }

        @Override
        public void onDelete(GenericKubernetesResource object, boolean finalStateUnknown) {
            tell(object);
        }

        private void tell(GenericKubernetesResource object) {
            changed.accept(
                    object.getMetadata().getNamespace(),
                    object.getMetadata().getLabels().get(label));
        }
    }

    /** Only the very version goes whose labels were read: whoever changed the object in between is asked about again. */
    @Override
    public Effect delete(String apiVersion, String kind, String namespace, String name, OwnLabels labels) {
        String shown = name(namespace, name);
        for (int attempt = 1; ; attempt++) {
            try {
                return calling(kind + "/" + shown, () -> deleteOnce(apiVersion, kind, namespace, name, labels))
                        ? Effect.deleted(kind, shown, "")
                        : Effect.unchanged(kind, shown);
            } catch (FailureException e) {
                if (e.failure().kind() != FailureKind.CONFLICT || attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    private boolean deleteOnce(String apiVersion, String kind, String namespace, String name, OwnLabels labels) {
        GenericKubernetesResource found =
                resource(apiVersion, kind, namespace, name).get();
        if (found == null) {
            return false;
        }
        ObjectMeta metadata = found.getMetadata();
        labels.require(kind + "/" + name(namespace, name), metadata.getLabels());
        if (metadata.getDeletionTimestamp() != null) {
            return false;
        }
        if (!writes) {
            return true;
        }
        // What it owns goes after it, in the background: the client's own default.
        return !resource(apiVersion, kind, namespace, name)
                .lockResourceVersion(metadata.getResourceVersion())
                .delete()
                .isEmpty();
    }

    @Override
    public Optional<Kept> find(Place place) {
        return calling("Secret/" + place.shown(), () -> new PullSecretObjects(client, writes).find(place));
    }

    @Override
    public Effect keep(Place place, String registry, Account account) {
        return calling(
                "Secret/" + place.shown(), () -> new PullSecretObjects(client, writes).keep(place, registry, account));
    }

    @Override
    public Effect remove(Place place) {
        return calling("Secret/" + place.shown(), () -> new PullSecretObjects(client, writes).remove(place));
    }

    /** Asks the API server itself for each right that onboarding needs. */
    @Override
    public void check() {
        List<String> missing = missingRights("imaas-onboarding", Set.of());
        if (!missing.isEmpty()) {
            throw FailureException.policy(
                    "the cluster does not let us " + String.join(", ", missing),
                    address(),
                    "bind the cluster role imaas-onboarding to our account: docs/rights.md has it");
        }
    }

    /**
     * What our account lacks of a documented cluster role.
     *
     * @param role {@code imaas-onboarding}, {@code imaas-offboarding} or {@code imaas-rollouts}
     * @param namespaces where a right is enough that is not given in all of the cluster
     * @return such as {@code patch configmaps in orders-dev}; empty when nothing is missing
     */
    public List<String> missingRights(String role, Set<String> namespaces) {
        return calling("the account's rights", () -> new ClusterRights(client, namespaces).missing(role));
    }

    /**
     * Whether the admission policy of {@code resources/rbac/space.yaml} holds there.
     *
     * @return empty where our account may not look
     */
    public Optional<Boolean> protectsSpaces() {
        try {
            return Optional.of(
                    get("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding", "", "imaas-space")
                            .isPresent());
        } catch (FailureException e) {
            if (e.failure().kind() == FailureKind.POLICY) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Kinds that the cluster does not know, each as {@code PodMonitor (monitoring.coreos.com/v1)}. */
    public List<String> unknownKinds(List<ClusterObject> objects) {
        Inventory inventory = new Inventory(client, "");
        return calling("the kinds that it knows", () -> objects.stream()
                .filter(object -> !object.isAbsent() && !inventory.serves(object))
                .map(object -> object.kind() + " (" + object.apiVersion() + ")")
                .distinct()
                .toList());
    }

    /** The server's version, such as {@code v1.34.4}. */
    public String version() {
        return calling("the version", () -> client.getKubernetesVersion().getGitVersion());
    }

    @Override
    public void close() {
        client.close();
    }

    private Resource<GenericKubernetesResource> resource(
            String apiVersion, String kind, String namespace, String name) {
        MixedOperation<GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
                all = client.genericKubernetesResources(apiVersion, kind);
        return namespace.isEmpty()
                ? all.withName(name)
                : all.inNamespace(namespace).withName(name);
    }

    private Manifest manifest(GenericKubernetesResource found) {
        // Who holds which field is long and of no use to anybody here.
        found.getMetadata().setManagedFields(null);
        String namespace = found.getMetadata().getNamespace();
        Map<?, ?> all = client.getKubernetesSerialization().convertValue(found, Map.class);
        Map<String, Object> fields = new LinkedHashMap<>();
        all.forEach((key, value) -> fields.put(String.valueOf(key), value));
        return new Manifest(
                found.getApiVersion(),
                found.getKind(),
                namespace == null ? "" : namespace,
                found.getMetadata().getName(),
                Serialization.asYaml(found),
                fields);
    }

    private static String name(String namespace, String name) {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }

    private <T> T calling(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (KubernetesClientException e) {
            throw ApiErrors.failure(e, what, client.getMasterUrl().toString());
        }
    }
}
