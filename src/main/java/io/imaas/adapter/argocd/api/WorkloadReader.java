package io.imaas.adapter.argocd.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.adapter.argocd.machine.Workload;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a live workload as {@code kubectl rollout status} does: a rollout is complete when the controller has seen the
 * newest specification and all replicas wanted are of it, ready, and no older one is left.
 */
public final class WorkloadReader {
    private WorkloadReader() {}

    public static Workload workload(JsonNode object) {
        String kind = object.path("kind").asText();
        JsonNode spec = object.path("spec");
        JsonNode template = kind.equals("CronJob") ? spec.path("jobTemplate").path("spec") : spec;
        List<String> images = new ArrayList<>();
        JsonNode pod = template.path("template").path("spec");
        pod.path("containers")
                .forEach(container -> images.add(container.path("image").asText()));
        pod.path("initContainers")
                .forEach(container -> images.add(container.path("image").asText()));
        String progress =
                switch (kind) {
                    // Runs now and then: what counts is what the next run will be.
                    case "CronJob" -> "";
                    case "HorizontalPodAutoscaler" -> autoscaler(object);
                    case "Job" -> job(object);
                    case "DaemonSet" -> daemonSet(object);
                    default -> replicated(object);
                };
        String title = kind + " " + object.path("metadata").path("name").asText();
        return new Workload(title, images, progress.isEmpty(), progress);
    }

    private static String unseen(JsonNode object) {
        long generation = object.path("metadata").path("generation").asLong();
        // Argo Rollouts writes the observed generation as a string.
        long observed = object.path("status").path("observedGeneration").asLong();
        return observed < generation ? "its controller to see the new specification" : "";
    }

    private static String replicated(JsonNode object) {
        String unseen = unseen(object);
        if (!unseen.isEmpty()) {
            return unseen;
        }
        JsonNode status = object.path("status");
        long wanted = object.path("spec").path("replicas").asLong(1);
        if (wanted == 0) {
            return "somebody to scale it up: it is scaled to 0, so nothing runs it";
        }
        long updated = status.path("updatedReplicas").asLong();
        long ready = status.path("readyReplicas").asLong();
        long all = status.path("replicas").asLong();
        if (updated < wanted) {
            return updated + " of " + wanted + " replicas updated";
        }
        if (all > updated) {
            return (all - updated) + " old replicas to end";
        }
        return ready < wanted ? ready + " of " + wanted + " replicas ready" : "";
    }

    /** It sees that fewer pods run than its minimum, and raises them. */
    private static String autoscaler(JsonNode object) {
        long minimum = object.path("spec").path("minReplicas").asLong(1);
        long current = object.path("status").path("currentReplicas").asLong();
        return current < minimum ? "to raise " + current + " pods to its minimum of " + minimum : "";
    }

    private static String daemonSet(JsonNode object) {
        String unseen = unseen(object);
        if (!unseen.isEmpty()) {
            return unseen;
        }
        JsonNode status = object.path("status");
        long wanted = status.path("desiredNumberScheduled").asLong();
        long updated = status.path("updatedNumberScheduled").asLong();
        long ready = status.path("numberReady").asLong();
        if (updated < wanted) {
            return updated + " of " + wanted + " pods updated";
        }
        return ready < wanted ? ready + " of " + wanted + " pods ready" : "";
    }

    private static String job(JsonNode object) {
        for (JsonNode condition : object.path("status").path("conditions")) {
            if (condition.path("status").asText().equals("True")
                    && condition.path("type").asText().equals("Complete")) {
                return "";
            }
        }
        return object.path("spec").path("suspend").asBoolean() ? "somebody to resume it" : "it to run to its end";
    }
}
