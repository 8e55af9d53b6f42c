package io.imaas.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.imaas.model.kubernetes.ClusterObject;
import java.net.HttpURLConnection;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/**
 * What is in the cluster before anything is written, read by lists and each of them once: for one namespace, or for all of
 * them at once when many tenants are looked at. Of a kind of which only one name is ours, only that name is read.
 */
final class Inventory {
    private static final long PAGE = 5000;
    /** Lists that are read side by side, each over a connection of its own, which costs both ends a handshake. */
    private static final int AT_ONCE = 4;

    private static final String POLICY = "NetworkPolicy";
    private static final Set<String> ADMISSION =
            Set.of("ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding");
    private static final Set<String> WHOLE = Set.of(POLICY, "ExternalSecret", "HTTPRoute", "SecurityPolicy");
    private static final Set<String> BUILT_IN =
            Set.of("networking.k8s.io", "rbac.authorization.k8s.io", "admissionregistration.k8s.io");

    private final KubernetesClient client;
    private final String namespace;
    /** Each by namespace and name. */
    private final Once<Listing, Map<String, Map<String, GenericKubernetesResource>>> lists = new Once<>();

    /** A refusal holds for the run: without rights for a kind it is asked for once, and not for each tenant. */
    private final Map<Listing, KubernetesClientException> refused = new ConcurrentHashMap<>();

    private final Once<String, Set<String>> served = new Once<>();
    private final Semaphore readers = new Semaphore(AT_ONCE);

    /** @param namespace whose objects; empty: those of all namespaces */
    Inventory(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** Whether the cluster knows the kind, such as one of the Prometheus operator. */
    boolean serves(ClusterObject object) {
        String apiVersion = object.apiVersion();
        String group = apiVersion.substring(0, Math.max(0, apiVersion.indexOf('/')));
        return !group.contains(".")
                || BUILT_IN.contains(group)
                || served.get(apiVersion, () -> kinds(apiVersion)).contains(object.kind());
    }

    private Set<String> kinds(String apiVersion) {
        APIResourceList found = client.getApiResources(apiVersion);
        return found == null
                ? Set.of()
                : found.getResources().stream().map(APIResource::getKind).collect(Collectors.toSet());
    }

    /**
     * Reads those lists that the objects will be looked for in and nobody has begun to read: so tenants that begin at once
     * share the work, and do not wait for one list after the other. Not those of one namespace, which may be new.
     *
     * @throws KubernetesClientException of the first that can't be read; the rest is left to whoever looks
     */
    void readAhead(List<ClusterObject> objects) {
        if (!namespace.isEmpty() || !readers.tryAcquire()) {
            return;
        }
        try {
            for (ClusterObject object : objects) {
                Listing list = listing(object.apiVersion(), object.kind(), object.name());
                if (!refused.containsKey(list)) {
                    lists.ahead(list, () -> serves(object) ? allowed(list) : new ConcurrentHashMap<>());
                }
            }
        } finally {
            readers.release();
        }
    }

    /** What was read is old: the next look reads again. */
    void forget() {
        lists.clear();
    }

    Optional<GenericKubernetesResource> find(ClusterObject wanted) {
        return Optional.ofNullable(of(wanted.apiVersion(), wanted.kind(), wanted.name(), wanted.namespace())
                .get(wanted.name()));
    }

    /** Whether all of a kind are read at once in any case, because of every tenant the same are asked about. */
    static boolean isOfAll(String kind) {
        return ADMISSION.contains(kind);
    }

    /** All of such a kind. */
    Collection<GenericKubernetesResource> all(String apiVersion, String kind) {
        return of(apiVersion, kind, "", "").values();
    }

    /** It was just deleted. */
    void gone(ClusterObject object) {
        of(object.apiVersion(), object.kind(), object.name(), object.namespace())
                .remove(object.name());
    }

    /** All network policies of a namespace, whoever made them. */
    Collection<GenericKubernetesResource> policies(String of) {
        return of("networking.k8s.io/v1", POLICY, "", of).values();
    }

    private Map<String, GenericKubernetesResource> of(String apiVersion, String kind, String name, String where) {
        Listing list = listing(apiVersion, kind, name);
        return lists.get(list, () -> allowed(list)).computeIfAbsent(where, none -> new ConcurrentHashMap<>());
    }

    private Listing listing(String apiVersion, String kind, String name) {
        // Network policies are read whole: one that somebody added gives access. Of some kinds each service has one.
        boolean whole = WHOLE.contains(kind) || isOfAll(kind) || (kind.equals("Namespace") && namespace.isEmpty());
        return new Listing(apiVersion, kind, whole ? "" : name);
    }

    /** @param name empty: all of the kind */
    private record Listing(String apiVersion, String kind, String name) {}

    private Map<String, Map<String, GenericKubernetesResource>> allowed(Listing list) {
        if (refused.containsKey(list)) {
            throw refused.get(list);
        }
        try {
            return read(list);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                refused.put(list, e);
            }
            throw e;
        }
    }

    private Map<String, Map<String, GenericKubernetesResource>> read(Listing list) {
        Map<String, Map<String, GenericKubernetesResource>> found = new ConcurrentHashMap<>();
        String next = null;
        do {
            GenericKubernetesResourceList page = page(
                    list,
                    new ListOptionsBuilder()
                            .withFieldSelector(list.name().isEmpty() ? null : "metadata.name=" + list.name())
                            .withLimit(PAGE)
                            .withContinue(next)
                            .build());
            for (GenericKubernetesResource item : page.getItems()) {
                String where = Objects.toString(item.getMetadata().getNamespace(), "");
                found.computeIfAbsent(where, fresh -> new ConcurrentHashMap<>())
                        .put(item.getMetadata().getName(), item);
            }
            next = page.getMetadata() == null ? null : page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
        return found;
    }

    private GenericKubernetesResourceList page(Listing list, ListOptions options) {
        var all = client.genericKubernetesResources(list.apiVersion(), list.kind());
        if (list.kind().equals("Namespace")) {
            return all.list(options);
        }
        // Without a word the client would look in the namespace that the kubeconfig's context names.
        return (namespace.isEmpty() ? all.inAnyNamespace() : all.inNamespace(namespace)).list(options);
    }
}
