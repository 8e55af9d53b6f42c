package io.imaas.adapter.argocd;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imaas.adapter.argocd.api.ArgoCdClient;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Effect.FieldChange;
import io.imaas.model.failure.FailureException;
import io.imaas.model.kubernetes.ObjectDiff;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.model.rollout.RunningApplication;
import io.imaas.port.RunningApplications;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** All applications of an Argo CD, be they of Helm, Kustomize or plain folders: it renders them, we only read. */
final class RunningArgoCd implements RunningApplications {
    private static final String TRACKING = "argocd.argoproj.io/tracking-id";
    private static final List<String> MARKS = List.of(TRACKING, "argocd.argoproj.io/installation-id");

    private final ArgoCdClient client;
    private final Optional<Listed> listed;

    RunningArgoCd(ArgoCdClient client, Optional<Listed> listed) {
        this.client = client;
        this.listed = listed;
    }

    @Override
    public List<RunningApplication> all() {
        JsonNode list = client.retry("the applications", () -> client.api().applicationsOf(null));
        return items(list)
                .map(this::read)
                .sorted(Comparator.comparing(RunningApplication::name))
                .toList();
    }

    @Override
    public List<Owned> owned(String platform) {
        Listed all = listed.orElseGet(() -> new Listed(client));
        Set<String> projects = all.projects().stream()
                .filter(project ->
                        Removals.labels(project).get(OwnLabels.PLATFORM) instanceof String of && of.equals(platform))
                .map(project -> text(project, "/metadata/name"))
                .collect(Collectors.toCollection(TreeSet::new));
        return Stream.concat(
                        projects.stream().map(name -> new Owned("AppProject", name)),
                        all.applications().stream()
                                .filter(application -> projects.contains(text(application, "/spec/project")))
                                .map(application -> new Owned("Application", text(application, "/metadata/name")))
                                .sorted(Comparator.comparing(Owned::name)))
                .toList();
    }

    private static Stream<JsonNode> items(JsonNode list) {
        return StreamSupport.stream(list.path("items").spliterator(), false);
    }

    private RunningApplication read(JsonNode application) {
        return new RunningApplication(
                text(application, "/metadata/name"),
                text(application, "/spec/project"),
                text(application, "/spec/destination/namespace"),
                source(application),
                text(application, "/status/sync/status").equals("Synced"),
                application.at("/metadata/labels").has("imaas.io/tenant"),
                obstacles(application));
    }

    private static String source(JsonNode application) {
        JsonNode several = application.at("/spec/sources");
        Stream<JsonNode> sources = several.isArray()
                ? StreamSupport.stream(several.spliterator(), false)
                : Stream.of(application.at("/spec/source"));
        String type = several.isArray()
                ? StreamSupport.stream(application.at("/status/sourceTypes").spliterator(), false)
                        .map(JsonNode::asText)
                        // One that only gives values to another has none.
                        .filter(kind -> !kind.isEmpty())
                        .collect(Collectors.joining(", "))
                : text(application, "/status/sourceType");
        return (type.isEmpty() ? "" : type + ": ")
                + sources.map(source -> text(source, "/repoURL")
                                + Stream.of("path", "chart", "targetRevision")
                                        .map(key -> source.path(key).asText())
                                        .filter(value -> !value.isEmpty())
                                        .map(value -> " " + value)
                                        .collect(Collectors.joining()))
                        .collect(Collectors.joining(", "));
    }

    private List<String> obstacles(JsonNode application) {
        List<String> obstacles = new ArrayList<>();
        application
                .at("/metadata/ownerReferences")
                .forEach(owner -> obstacles.add(owner.path("kind").asText() + " "
                        + owner.path("name").asText() + " makes it and would put it back: let it go there first"));
        String parent = application.at("/metadata/annotations").path(TRACKING).asText();
        if (!parent.isEmpty()) {
            obstacles.add("the application " + parent.replaceFirst(":.*", "")
                    + " makes it and would put it back: take it out of there first");
        }
        String server = text(application, "/spec/destination/server");
        if (!server.equals(Desired.CLUSTER)
                && !text(application, "/spec/destination/name").equals("in-cluster")) {
            obstacles.add("it runs in another cluster: "
                    + (server.isEmpty() ? text(application, "/spec/destination/name") : server));
        }
        String controller = text(application, "/status/controllerNamespace");
        if (!controller.isEmpty() && !controller.equals(text(application, "/metadata/namespace"))) {
            obstacles.add("it lies in the namespace " + text(application, "/metadata/namespace") + " and not in "
                    + controller);
        }
        if (text(application, "/status/sync/status").equals("Unknown")) {
            obstacles.add("Argo CD can't compare it"
                    + StreamSupport.stream(application.at("/status/conditions").spliterator(), false)
                            .filter(condition -> condition.path("type").asText().endsWith("Error"))
                            .map(condition -> ": " + condition.path("message").asText())
                            .findFirst()
                            .orElse(""));
        }
        if (application.at("/metadata/deletionTimestamp").isTextual()) {
            obstacles.add("it is being deleted");
        }
        return obstacles;
    }

    @Override
    public String manifests(RunningApplication application) {
        JsonNode answer = client.retry("manifests of " + application.name(), () -> client.api()
                .manifests(application.name(), null, application.project()));
        return StreamSupport.stream(answer.path("manifests").spliterator(), false)
                .map(text -> unmarked(object(text.asText(), application)))
                .collect(Collectors.joining("\n---\n"));
    }

    /** The marks are Argo CD's own: it adds them again, the same. */
    private static String unmarked(ObjectNode object) {
        if (object.at("/metadata/annotations") instanceof ObjectNode annotations) {
            annotations.remove(MARKS);
            if (annotations.isEmpty()) {
                object.withObject("/metadata").remove("annotations");
            }
        }
        return object.toString();
    }

    @Override
    public List<Effect> pending(RunningApplication application) {
        JsonNode answer = client.retry("objects of " + application.name(), () -> client.api()
                .managedResources(application.name(), null, application.project()));
        List<Effect> effects = new ArrayList<>();
        for (JsonNode item : answer.path("items")) {
            String kind = item.path("kind").asText();
            String name =
                    item.path("namespace").asText() + "/" + item.path("name").asText();
            boolean wanted = isObject(item.path("targetState"));
            boolean there = isObject(item.path("liveState"));
            if (wanted && !there) {
                effects.add(Effect.created(kind, name, ""));
            } else if (there && !wanted) {
                effects.add(Effect.deleted(kind, name, ""));
            } else if (there) {
                List<FieldChange> fields = ObjectDiff.changes(
                        map(item.path("normalizedLiveState").asText(), application),
                        map(item.path("predictedLiveState").asText(), application));
                if (!fields.isEmpty()) {
                    effects.add(Effect.updated(kind, name, "", fields, Map.of()));
                }
            }
        }
        return effects;
    }

    private static boolean isObject(JsonNode state) {
        return state.asText().startsWith("{");
    }

    private Map<?, ?> map(String json, RunningApplication application) {
        return ObjectDiff.applicable(
                client.mapper().convertValue(object(json, application), new TypeReference<Map<String, Object>>() {}));
    }

    private ObjectNode object(String json, RunningApplication application) {
        try {
            if (client.mapper().readTree(json) instanceof ObjectNode object) {
                return object;
            }
            throw FailureException.external(
                    "Argo CD answered with something that is not an object",
                    application.name(),
                    "look at its log",
                    (Throwable) null);
        } catch (JsonProcessingException e) {
            throw FailureException.external(
                    "Argo CD answered with something that is not JSON", application.name(), "look at its log", e);
        }
    }

    private static String text(JsonNode node, String pointer) {
        return node.at(pointer).asText();
    }
}
