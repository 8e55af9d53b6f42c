package io.imaas.adapter.argocd;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imaas.model.identity.GpgFingerprint;
import io.imaas.model.kubernetes.ChartKinds;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.tenancy.Delivery;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.Windows;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The AppProject and Applications of a tenant as they should be; only the keys that we own. */
record Desired(String chartFolder) {
    /** The cluster that Argo CD runs in, as it knows it. */
    static final String CLUSTER = "https://kubernetes.default.svc";

    /** The label of a project whose sync windows are ours. */
    static final String WINDOWS = "imaas.io/windows";
    /** The label of a project whose demand for signatures is ours. */
    static final String SIGNATURES = "imaas.io/signatures";

    /** One project for each environment of a tenant; it is called like the namespace that it guards. */
    static String projectName(Tenant tenant, EnvironmentName environment) {
        return tenant.namespace(environment);
    }

    /**
     * What may be deployed: from the tenant's GitOps repository alone, into this environment's namespace alone, and only the
     * kinds of objects that the chart makes; nothing that is not in a namespace. Argo CD shows nothing of kinds that a
     * project does not have, so the pods of a Deployment are among them: only they say at once why a release does not start.
     */
    ObjectNode projectSpec(Tenant tenant, EnvironmentName environment, List<GpgFingerprint> signers) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        spec.put("description", tenant.displayName());
        spec.putArray("sourceRepos").add(tenant.gitops().value());
        spec.putArray("sourceNamespaces");
        spec.putArray("destinations")
                .addObject()
                .put("server", CLUSTER)
                .put("namespace", tenant.namespace(environment));
        spec.putArray("clusterResourceWhitelist");
        ArrayNode allowed = spec.putArray("namespaceResourceWhitelist");
        Stream.of(ChartKinds.GROUPS, ChartKinds.MADE_OF_THEM)
                .forEach(kinds -> kinds.forEach(
                        (kind, group) -> allowed.addObject().put("group", group).put("kind", kind)));
        windows(tenant, environment)
                .ifPresent(
                        kept -> WindowSpecs.write(kept, tenant.namespace(environment), spec.putArray("syncWindows")));
        if (demandsSignatures(tenant, signers)) {
            integrity(signers, spec.putObject("sourceIntegrity"));
        }
        return spec;
    }

    /** Where Argo CD renders by itself it reads what people push, and they sign with keys of their own. */
    private static boolean demandsSignatures(Tenant tenant, List<GpgFingerprint> signers) {
        return tenant.delivery() == Delivery.RENDERED && !signers.isEmpty();
    }

    /**
     * Only the newest commit: each one holds all that runs, and those from before the key was listed have other signatures.
     * Of any address: Argo CD may know the repository by another spelling, and would check nothing then.
     */
    private static void integrity(List<GpgFingerprint> signers, ObjectNode integrity) {
        ObjectNode policy = integrity.putObject("git").putArray("policies").addObject();
        policy.putArray("repos").addObject().put("url", "*");
        ArrayNode keys = policy.putObject("gpg").put("mode", "head").putArray("keys");
        signers.forEach(signer -> keys.add(signer.value()));
    }

    /**
     * One source: two sources of one repository can be synced at different commits (argo-cd#29716). The files come in the
     * order in which later ones win.
     */
    ObjectNode applicationSpec(Tenant tenant, Service service, EnvironmentName environment) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        spec.put("project", projectName(tenant, environment));
        ObjectNode source = spec.putObject("source");
        source.put("repoURL", tenant.gitops().value());
        if (tenant.isRendered()) {
            // A plain folder of manifests: nothing is left to render, and nobody but the orchestrator writes there.
            source.put("targetRevision", GitOpsPaths.rendered(environment).value());
            source.put("path", GitOpsPaths.renderedFolder(service.name()));
            // Said so that a kustomization or a chart beside it, which may fetch from anywhere, is not taken for the
            // tool.
            source.putObject("directory").put("include", GitOpsPaths.MANIFESTS);
        } else {
            charted(tenant, service, environment, source);
        }
        spec.putObject("destination").put("server", CLUSTER).put("namespace", tenant.namespace(environment));
        ObjectNode policy = spec.putObject("syncPolicy");
        policy.putObject("automated").put("prune", true).put("selfHeal", true);
        // A broken change is given up after half a minute, and one that corrects it does not wait behind it.
        ObjectNode retry = policy.putObject("retry").put("limit", 2).put("refresh", true);
        retry.putObject("backoff").put("duration", "5s").put("factor", 2).put("maxDuration", "20s");
        // Not ApplyOutOfSyncOnly: a sync that is tried again would leave out a migration's Job that failed, since it is
        // as Git wants it, and go on with the service.
        PodNumbers.ofGitOrAutoscaler(spec);
        return spec;
    }

    /** Argo CD renders by itself: whatever somebody pushes to the environment's branch runs. */
    private void charted(Tenant tenant, Service service, EnvironmentName environment, ObjectNode source) {
        String folder = GitOpsPaths.folder(service.name());
        boolean shared = !chartFolder.isEmpty();
        // A value file that begins with a slash is looked up from the root of the repository.
        String prefix = shared ? "/" + folder + "/" : "";
        source.put("targetRevision", environment.branch().value());
        source.put("path", shared ? chartFolder : folder);
        ObjectNode helm = source.putObject("helm");
        helm.put("releaseName", service.name().value());
        helm.putArray("valueFiles")
                .add(prefix + "values.yaml")
                .add(prefix + "release.yaml")
                .add(prefix + "env/" + environment + ".yaml");
        // After all files: none of them can say that it is another tenant's, or another environment, or was adopted.
        helm.putObject("valuesObject")
                .put("tenant", tenant.name().value())
                .put("service", service.name().value())
                .put("environment", environment.value())
                .putObject("global")
                .put("adopted", false);
    }

    ObjectNode labels(Tenant tenant, Service service, EnvironmentName environment) {
        return node(OwnLabels.of(tenant.name(), service.name(), environment));
    }

    /** By which the project is known as ours on the day on which it is to go. */
    ObjectNode projectLabels(Tenant tenant, EnvironmentName environment, List<GpgFingerprint> signers) {
        ObjectNode labels = node(OwnLabels.of(tenant, environment));
        if (demandsSignatures(tenant, signers)) {
            labels.put(SIGNATURES, "required");
        }
        windows(tenant, environment).ifPresent(kept -> labels.put(WINDOWS, "synced"));
        return labels;
    }

    /** Those that Argo CD is to keep as well. */
    private static Optional<Windows> windows(Tenant tenant, EnvironmentName environment) {
        return tenant.environment(environment)
                .map(Environment::windows)
                .filter(windows -> windows.synced() && !windows.rules().isEmpty());
    }

    private static ObjectNode node(OwnLabels labels) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        labels.labels().forEach(node::put);
        return node;
    }
}
