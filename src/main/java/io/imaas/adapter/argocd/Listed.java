package io.imaas.adapter.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imaas.adapter.argocd.api.ArgoCdClient;
import io.imaas.model.failure.FailureException;
import io.imaas.model.kubernetes.OwnLabels;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What Argo CD had when a run over many tenants began, read by two lists: what is as it should be is not asked for one by
 * one. What is missing here, or differs, is read by itself before it is written, so a list that can't be read costs time
 * alone.
 */
final class Listed {
    private static final String FIELDS =
            "items.metadata.name,items.metadata.namespace,items.metadata.labels,items.spec";

    private final Once projects;
    private final Once applications;

    Listed(ArgoCdClient client) {
        projects =
                new Once(() -> client.retry("the projects", () -> client.api().projects()), Listed::name);
        applications = new Once(
                () -> client.retry("the applications", () -> client.api().applications(OwnLabels.TENANT, FIELDS)),
                item -> item.at("/metadata/namespace").asText() + "/" + name(item));
    }

    Optional<ObjectNode> project(String name) {
        return projects.find(name);
    }

    /** One of that name in another namespace than its project is not the one that would be made. */
    Optional<ObjectNode> application(String name, String project) {
        return project(project)
                .flatMap(of -> applications.find(of.at("/metadata/namespace").asText() + "/" + name));
    }

    /** @throws FailureException where the list can't be read, as in {@link #applications} */
    Collection<ObjectNode> projects() {
        return projects.all().values();
    }

    Collection<ObjectNode> applications() {
        return applications.all().values();
    }

    private static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    /** A list that is asked for once, also where it is refused. */
    private static final class Once {
        private final Supplier<JsonNode> list;
        private final Function<JsonNode, String> key;
        private Map<String, ObjectNode> found;
        private FailureException unreadable;

        Once(Supplier<JsonNode> list, Function<JsonNode, String> key) {
            this.list = list;
            this.key = key;
        }

        synchronized Map<String, ObjectNode> all() {
            if (found == null && unreadable == null) {
                try {
                    Map<String, ObjectNode> read = new HashMap<>();
                    for (JsonNode item : list.get().path("items")) {
                        if (item instanceof ObjectNode object) {
                            read.put(key.apply(item), object);
                        }
                    }
                    found = read;
                } catch (FailureException e) {
                    unreadable = e;
                }
            }
            if (unreadable != null) {
                throw unreadable;
            }
            return found;
        }

        Optional<ObjectNode> find(String name) {
            try {
                return Optional.ofNullable(all().get(name)).map(ObjectNode::deepCopy);
            } catch (FailureException unreadable) {
                return Optional.empty();
            }
        }
    }
}
