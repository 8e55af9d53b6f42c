package io.imaas.adapter.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imaas.adapter.argocd.api.ArgoCdClient;
import io.imaas.model.failure.FailureException;
import io.imaas.model.kubernetes.OwnLabels;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import retrofit2.Call;

/**
 * What Argo CD had when a run over many tenants began, read by two lists: what is as it should be is not asked for one by
 * one. What is missing here, or differs, is read by itself before it is written, so a list that can't be read costs time
 * alone.
 */
final class Listed {
    private static final String FIELDS =
            "items.metadata.name,items.metadata.namespace,items.metadata.labels,items.spec";

    private final ArgoCdClient client;
    private Map<String, ObjectNode> projects;
    private Map<String, ObjectNode> applications;

    Listed(ArgoCdClient client) {
        this.client = client;
    }

    synchronized Optional<ObjectNode> project(String name) {
        if (projects == null) {
            projects = read("the projects", () -> client.api().projects(null), Listed::name);
        }
        return Optional.ofNullable(projects.get(name)).map(ObjectNode::deepCopy);
    }

    /** One of that name in another namespace than its project is not the one that would be made. */
    synchronized Optional<ObjectNode> application(String name, String project) {
        if (applications == null) {
            applications = read(
                    "the applications",
                    () -> client.api().applications(OwnLabels.TENANT, FIELDS),
                    item -> namespace(item) + "/" + name(item));
        }
        return project(project)
                .map(of -> applications.get(namespace(of) + "/" + name))
                .map(ObjectNode::deepCopy);
    }

    private static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    private static String namespace(JsonNode object) {
        return object.at("/metadata/namespace").asText();
    }

    private Map<String, ObjectNode> read(String where, Supplier<Call<JsonNode>> list, Function<JsonNode, String> key) {
        Map<String, ObjectNode> found = new HashMap<>();
        try {
            for (JsonNode item : client.retry(where, list).path("items")) {
                if (item instanceof ObjectNode object) {
                    found.put(key.apply(item), object);
                }
            }
            return found;
        } catch (FailureException unreadable) {
            return Map.of();
        }
    }
}
