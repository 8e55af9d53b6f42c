package io.imaas.adapter.argocd;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;

/** The AppProject and Applications of a tenant as they should be; only the keys that we own. */
final class Desired {
    private final Destination destination;

    Desired(Destination destination) {
        this.destination = destination;
    }

    static String applicationName(Tenant tenant, Service service, EnvironmentName environment) {
        return tenant.namespace(environment) + "-" + service.name();
    }

    /**
     * The tenant's fence: its own namespaces, its own repository, nothing cluster-wide, and none of the objects by which
     * the platform limits the tenant.
     */
    ObjectNode projectSpec(Tenant tenant) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        spec.put("description", tenant.displayName());
        spec.putArray("sourceRepos").add(tenant.gitops().value());
        ArrayNode destinations = spec.putArray("destinations");
        for (Environment environment : tenant.environments()) {
            destinations
                    .addObject()
                    .put("server", destination.server())
                    .put("namespace", tenant.namespace(environment.name()));
        }
        spec.putArray("clusterResourceWhitelist");
        ArrayNode forbidden = spec.putArray("namespaceResourceBlacklist");
        forbidden.addObject().put("group", "").put("kind", "ResourceQuota");
        forbidden.addObject().put("group", "").put("kind", "LimitRange");
        forbidden.addObject().put("group", "networking.k8s.io").put("kind", "NetworkPolicy");
        return spec;
    }

    /**
     * One source: two sources of one repository can be synced at different commits (argo-cd#29716). The files come in the
     * order in which later ones win.
     */
    ObjectNode applicationSpec(Tenant tenant, Service service, EnvironmentName environment) {
        String folder = "services/" + service.name();
        boolean shared = !destination.chartFolder().isEmpty();
        // A value file that begins with a slash is looked up from the root of the repository.
        String prefix = shared ? "/" + folder + "/" : "";
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        spec.put("project", tenant.name().value());
        ObjectNode source = spec.putObject("source");
        source.put("repoURL", tenant.gitops().value());
        source.put("targetRevision", environment.branch().value());
        source.put("path", shared ? destination.chartFolder() : folder);
        ObjectNode helm = source.putObject("helm");
        helm.put("releaseName", service.name().value());
        helm.putArray("valueFiles")
                .add(prefix + "values.yaml")
                .add(prefix + "release.yaml")
                .add(prefix + "env/" + environment + ".yaml");
        spec.putObject("destination")
                .put("server", destination.server())
                .put("namespace", tenant.namespace(environment));
        spec.putObject("syncPolicy").putObject("automated").put("prune", true).put("selfHeal", true);
        return spec;
    }

    ObjectNode labels(Tenant tenant, Service service, EnvironmentName environment) {
        return node(OwnLabels.of(tenant.name(), service.name(), environment));
    }

    /** By which the project is known as ours on the day on which it is to go. */
    ObjectNode projectLabels(Tenant tenant) {
        return node(OwnLabels.of(tenant.name()));
    }

    private static ObjectNode node(OwnLabels labels) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        labels.labels().forEach(node::put);
        return node;
    }
}
