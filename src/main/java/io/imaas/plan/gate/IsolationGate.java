package io.imaas.plan.gate;

import io.imaas.model.failure.FailureException;
import io.imaas.model.kubernetes.ContainerDefaults;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.Quantity;
import io.imaas.model.tenancy.VaultAgent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Open when pods get nothing of their node, no other identity than their own, and no word to what else runs there. */
final class IsolationGate extends ManifestReview {
    private static final Set<String> VOLUMES =
            Set.of("name", "emptyDir", "configMap", "secret", "persistentVolumeClaim", "downwardAPI");

    /** What a pod or container may not say, as text: a reader that is less strict may take a text for what it says. */
    private static final Map<String, Set<String>> REFUSED = Map.ofEntries(
            Map.entry("hostNetwork", Set.of("true")),
            Map.entry("hostPID", Set.of("true")),
            Map.entry("hostIPC", Set.of("true")),
            Map.entry("shareProcessNamespace", Set.of("true")),
            Map.entry("privileged", Set.of("true")),
            Map.entry("allowPrivilegeEscalation", Set.of("true")),
            Map.entry("automountServiceAccountToken", Set.of("true")),
            Map.entry("runAsNonRoot", Set.of("false")),
            Map.entry("runAsUser", Set.of("0")),
            Map.entry("procMount", Set.of("Unmasked")),
            Map.entry("hostProcess", Set.of("true")),
            Map.entry("type", Set.of("Unconfined")));

    private static final Set<String> ABSENT = Set.of(
            "tolerations",
            "hostPort",
            "nodeName",
            "priorityClassName",
            "runtimeClassName",
            "schedulerName",
            "hostAliases",
            "sysctls",
            "resourceClaims",
            "seLinuxOptions",
            "finalizers",
            "ownerReferences");

    private static final Set<String> AMOUNTS = Set.of("requests", "limits");

    private static final Set<String> COUNTED = Set.of("cpu", "memory", ContainerDefaults.DISK);

    /** The account that pods run as: under its older name it counts as well. */
    private static final Set<String> ACCOUNTS = Set.of("serviceAccountName", "serviceAccount");

    /** The node itself sends what a probe or a hook asks for, so it asks nobody but the container. */
    private static final Pattern PROBED = Pattern.compile(".*\\.(httpGet|tcpSocket)\\.host");

    /** Nodes are chosen by labels, in two ways. */
    private static final Pattern NODES = Pattern.compile(".*\\.(nodeSelector|nodeAffinity)\\..*");

    IsolationGate() {
        super("pods are isolated");
    }

    @Override
    void look(Question question, Manifest manifest, Field root, List<Objection> into) {
        words(question, manifest, root.at("metadata"), into);
        // Only texts are in a ConfigMap, whatever its keys are called.
        Field looked = manifest.kind().equals("ConfigMap") ? root.at("metadata") : root;
        question.snapshot().render(question.service()).stream()
                .flatMap(render -> NodeDrains.blocked(render.manifests(), manifest, looked).stream())
                .map(field -> objection(manifest, field, "no node could be emptied of it", ownValues(question)))
                .forEach(into::add);
        looked.everywhere(field -> {
            if (field.key().equals("metadata") && !field.path().equals("metadata")) {
                words(question, manifest, field, into);
            }
            if (AMOUNTS.contains(field.key())) {
                counted(question, manifest, field, into);
            }
            if (field.at("topologyKey").isThere()) {
                beside(question, manifest, field, into);
            }
            Set<String> values = REFUSED.getOrDefault(field.key(), Set.of());
            boolean given = field.isThere() && !field.is(List.of()) && !field.is("");
            if ((given && ABSENT.contains(field.key())) || values.contains(field.text())) {
                into.add(objection(manifest, field, "it is not for tenants", ownValues(question)));
            }
            if (ACCOUNTS.contains(field.key()) && !owns(question, "ServiceAccount", field.text())) {
                into.add(objection(manifest, field, "it is another account", ownValues(question)));
            }
            if (field.key().equals("volumes")) {
                field.items().forEach(volume -> volume(question, manifest, volume, into));
            }
            if (field.path().endsWith("capabilities.add") && !field.items().isEmpty()) {
                into.add(objection(manifest, field, "containers get no capabilities", ownValues(question)));
            }
            if (field.isThere() && PROBED.matcher(field.path()).matches()) {
                into.add(objection(manifest, field, "only the container itself is asked", ownValues(question)));
            }
            if (NODES.matcher(field.path()).matches()
                    && (field.path() + " " + field.text()).contains("node-role.kubernetes.io")
                    && field.entries().isEmpty()
                    && field.items().isEmpty()) {
                into.add(objection(manifest, field, "these nodes are the platform's", ownValues(question)));
            }
        });
    }

    /** Devices and large pages are of the whole cluster, and whoever asks for them first has them. */
    private static void counted(Question question, Manifest manifest, Field amounts, List<Objection> into) {
        if (amounts.value() instanceof Map<?, ?> each) {
            each.keySet().stream()
                    .map(String::valueOf)
                    .filter(resource -> !COUNTED.contains(resource))
                    .map(amounts::at)
                    .forEach(
                            amount -> into.add(objection(manifest, amount, "no quota counts it", ownValues(question))));
            Field disk = amounts.at(ContainerDefaults.DISK);
            if (disk.isThere() && !fits(disk.text())) {
                into.add(objection(
                        manifest,
                        disk,
                        "a container may use " + ContainerDefaults.MOST_DISK + " of its node's disk",
                        ownValues(question)));
            }
        }
    }

    private static boolean fits(String disk) {
        try {
            return Quantity.parse(disk).compareTo(Quantity.parse(ContainerDefaults.MOST_DISK)) <= 0;
        } catch (FailureException unreadable) {
            return false;
        }
    }

    /** Pods that keep others' pods off their nodes would keep them off for other tenants, too. */
    private static void beside(Question question, Manifest manifest, Field term, List<Objection> into) {
        String space = question.tenant().namespace(question.environment().name());
        Stream.concat(
                        Stream.of(term.at("namespaceSelector")),
                        term.at("namespaces").items().stream().filter(one -> !one.is(space)))
                .filter(Field::isThere)
                .forEach(others -> into.add(
                        objection(manifest, others, "other tenants' pods are not asked about", ownValues(question))));
    }

    private static void volume(Question question, Manifest manifest, Field volume, List<Objection> into) {
        // As if each other thing of it were looked at: nothing but this very volume passes.
        if (!vault(question).isEmpty() && volume.is(VaultAgent.tokenVolume())) {
            return;
        }
        for (Field source : volume.entries()) {
            if (!VOLUMES.contains(source.key())) {
                into.add(objection(manifest, source, "volumes are of the cluster's own kinds", ownValues(question)));
            }
        }
    }

    /** Vault's agent takes its orders from the tenant's reviewed file alone, whatever an admin allows beside. */
    private static boolean allows(Question question, String key, Object value) {
        boolean agents = key.startsWith(VaultAgent.PREFIX)
                && question.platform().onboarding().secrets().vault().isOn();
        return agents
                ? String.valueOf(value).equals(vault(question).get(key))
                : question.platform().manifests().allows(key);
    }

    private static Map<String, String> vault(Question question) {
        return question.tenant()
                .service(question.service())
                .map(service -> question.platform()
                        .onboarding()
                        .secrets()
                        .annotations(
                                question.tenant().name(), question.environment().name(), service))
                .orElse(Map.of());
    }

    /** Many things that run in a cluster take orders from annotations and labels, of whatever object. */
    private static void words(Question question, Manifest manifest, Field metadata, List<Objection> into) {
        for (String kind : List.of("annotations", "labels")) {
            if (metadata.at(kind).value() instanceof Map<?, ?> words) {
                words.forEach((key, value) -> {
                    if (!allows(question, String.valueOf(key), value)) {
                        into.add(objection(
                                manifest,
                                new Field(metadata.path() + "." + kind + "." + key, value),
                                "the platform does not know it",
                                ownValues(question)
                                        + ", or let an admin add it to platform.yaml, policy.manifests.annotations"));
                    }
                });
            }
        }
    }
}
