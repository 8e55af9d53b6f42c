package io.imaas.adapter.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.adapter.argocd.api.ArgoCdApi;
import io.imaas.adapter.argocd.api.ArgoCdApi.EventList;
import io.imaas.adapter.argocd.api.ArgoCdApi.LiveResource;
import io.imaas.adapter.argocd.api.ArgoCdApi.ResourceTree;
import io.imaas.adapter.argocd.api.ArgoCdClient;
import io.imaas.adapter.argocd.machine.ApplicationName;
import io.imaas.adapter.argocd.machine.Command;
import io.imaas.adapter.argocd.machine.Goal;
import io.imaas.adapter.argocd.machine.Observation.Inspection;
import io.imaas.model.image.Digest;
import io.imaas.model.rollout.Migration;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.Response;

/** Says why an application is ill, so that nobody needs to open Argo CD first: sick objects, their events, last words. */
record Explainer(ArgoCdClient client) {
    private static final Set<String> ILL = Set.of("Degraded", "Missing", "Progressing", "Suspended");
    private static final Pattern STUCK = Pattern.compile("(Init:)?(Err.*|.*Error|.*BackOff|InvalidImageName)");
    private static final int OBJECTS = 5;
    private static final int EVENTS = 3;
    private static final int LOG_LINES = 15;
    private static final int LINE = 500;
    private static final int CALL_SECONDS = 15;

    /** What could be found, most important first. Explaining must never make matters worse: what fails is left out. */
    List<String> explain(Goal goal) throws IOException {
        List<ResourceTree.Node> nodes = nodes(goal);
        List<ResourceTree.Node> ill = nodes.stream()
                .filter(node ->
                        node.health() != null && ILL.contains(node.health().status()))
                .filter(node -> !runsAnother(node, goal.image().digest()))
                .sorted(Comparator.comparingInt(Explainer::rank)
                        .thenComparing(Explainer::created, Comparator.reverseOrder()))
                .limit(OBJECTS)
                .toList();
        List<String> reasons = new ArrayList<>();
        for (ResourceTree.Node node : ill) {
            reasons.add(line(node));
            reasons.addAll(orNothing(() -> events(goal, node)));
        }
        ill.stream()
                .filter(node -> node.kind().equals("Pod"))
                .findFirst()
                .ifPresent(pod -> reasons.addAll(lastWords(goal, pod)));
        nodes.stream()
                .filter(node -> node.kind().equals("Deployment"))
                .forEach(node -> reasons.addAll(orNothing(() -> changes(goal, node))));
        return reasons;
    }

    private List<String> changes(Goal goal, ResourceTree.Node node) throws IOException {
        ApplicationName application = goal.application();
        LiveResource live = call(client.api()
                .resource(
                        application.name(),
                        application.namespaceOrNull(),
                        goal.project(),
                        node.group(),
                        node.version(),
                        node.kind(),
                        node.namespace(),
                        node.name()));
        return ForeignFields.of(client.mapper().readTree(live.manifest()));
    }

    /** What the pods of an image and of Jobs say, and the newest ReplicaSet, whose pods may be refused. */
    Inspection inspect(Goal goal, Command.Inspect what) throws IOException {
        List<ResourceTree.Node> nodes = nodes(goal);
        List<String> stuck = stuck(goal, nodes, what.jobs());
        if (!stuck.isEmpty()) {
            return new Inspection(what, true, stuck, List.of());
        }
        List<ResourceTree.Node> ours = nodes.stream()
                .filter(node -> node.kind().equals("Pod") && runs(node, what.image()))
                .toList();
        List<String> pods =
                ours.stream().filter(Explainer::fails).map(Explainer::pod).toList();
        Optional<ResourceTree.Node> homeless =
                ours.stream().filter(Explainer::hasNoNode).findFirst();
        List<String> waiting = homeless.isPresent() ? events(goal, homeless.get()) : List.of();
        if (!what.applied()) {
            return new Inspection(what, false, pods, waiting);
        }
        List<String> refused = nodes.stream()
                .filter(node -> node.kind().equals("ReplicaSet"))
                .max(Comparator.comparing(Explainer::created))
                .filter(Explainer::degraded)
                .map(node -> List.of("the cluster refuses its pods: " + line(node)))
                .orElse(List.of());
        List<String> reasons = new ArrayList<>(pods);
        reasons.addAll(refused);
        return new Inspection(what, pods.isEmpty() && !refused.isEmpty(), reasons, waiting);
    }

    /** A pod that failed is the Job's own matter: it may make another. One that does not start, or is refused, is not. */
    private List<String> stuck(Goal goal, List<ResourceTree.Node> nodes, List<String> jobs) throws IOException {
        List<String> reasons = new ArrayList<>();
        for (ResourceTree.Node job : nodes) {
            if (job.kind().equals("Job") && jobs.contains(job.name())) {
                List<ResourceTree.Node> pods = nodes.stream()
                        .filter(node -> node.kind().equals("Pod") && node.isOf(List.of(job.name())))
                        .toList();
                List<String> why = pods.isEmpty()
                        ? events(goal, job)
                        : pods.stream()
                                .filter(pod -> stuck(pod) && !degraded(pod))
                                .map(Explainer::pod)
                                .toList();
                if (!why.isEmpty()) {
                    reasons.add("Job " + job.name() + " does not begin, and the sync waits for it");
                    reasons.addAll(why);
                }
            }
        }
        return reasons;
    }

    private List<ResourceTree.Node> nodes(Goal goal) throws IOException {
        ApplicationName application = goal.application();
        ResourceTree tree = call(client.api().tree(application.name(), application.namespaceOrNull(), goal.project()));
        return tree.nodes() == null ? List.of() : tree.nodes();
    }

    private static boolean runs(ResourceTree.Node node, Digest image) {
        return node.images() != null && node.images().stream().anyMatch(name -> name.endsWith("@" + image));
    }

    /** The last words of an older release explain nothing. */
    private static boolean runsAnother(ResourceTree.Node node, Digest image) {
        return node.kind().equals("Pod")
                && !Migration.isRunBy(node.name())
                && node.images() != null
                && !node.images().isEmpty()
                && !runs(node, image);
    }

    /**
     * A pod that crashes is Degraded only between two of its starts; one that its node ended is Degraded, and says nothing of
     * the release.
     */
    private static boolean fails(ResourceTree.Node pod) {
        String[] containers = pod.shown("Containers").split("/");
        boolean unready = containers.length == 2 && !containers[0].equals(containers[1]);
        return stuck(pod) || (unready && !pod.shown("Restart Count").isEmpty());
    }

    /** Argo CD's health does not look at init containers; what it shows of a pod does, as {@code kubectl get} does. */
    private static boolean stuck(ResourceTree.Node pod) {
        return STUCK.matcher(pod.shown("Status Reason")).matches();
    }

    private static boolean hasNoNode(ResourceTree.Node pod) {
        return pod.shown("Status Reason").equals("Pending");
    }

    private static String pod(ResourceTree.Node pod) {
        String restarts = pod.shown("Restart Count");
        return line(pod)
                + (restarts.isEmpty() && !stuck(pod) ? "" : ", " + pod.shown("Status Reason"))
                + (restarts.isEmpty() ? "" : " after " + restarts + " restarts");
    }

    private static boolean degraded(ResourceTree.Node node) {
        return node.health() != null && "Degraded".equals(node.health().status());
    }

    /** RFC 3339 in UTC, so that text sorts as time does. */
    private static String created(ResourceTree.Node node) {
        return node.createdAt() == null ? "" : node.createdAt();
    }

    private static String line(ResourceTree.Node node) {
        String message = node.health().message();
        return node.kind() + " " + node.name() + ": " + node.health().status()
                + (message == null || message.isEmpty() ? "" : " (" + message + ")");
    }

    /** A degraded pod says more than the Deployment above it. */
    private static int rank(ResourceTree.Node node) {
        return (node.health().status().equals("Degraded") ? 0 : 2)
                + (node.kind().equals("Pod") ? 0 : 1);
    }

    private List<String> events(Goal goal, ResourceTree.Node node) throws IOException {
        ApplicationName application = goal.application();
        EventList events = call(client.api()
                .events(
                        application.name(),
                        application.namespaceOrNull(),
                        goal.project(),
                        node.namespace(),
                        node.name(),
                        node.uid()));
        Set<String> lines = new LinkedHashSet<>();
        if (events.items() != null) {
            events.items().stream()
                    .filter(event -> "Warning".equals(event.type()))
                    .sorted(Comparator.comparing(
                            event -> event.lastTimestamp() == null ? "" : event.lastTimestamp(),
                            Comparator.reverseOrder()))
                    .map(event -> "  " + event.reason() + ": " + event.message()
                            + (event.count() > 1 ? " (" + event.count() + " times)" : ""))
                    .forEach(lines::add);
        }
        return lines.stream().limit(EVENTS).toList();
    }

    /** A container that restarted says why in its previous life. */
    private List<String> lastWords(Goal goal, ResourceTree.Node pod) {
        List<String> previous = orNothing(() -> log(goal, pod, true));
        List<String> words = previous.isEmpty() ? orNothing(() -> log(goal, pod, false)) : previous;
        List<String> reasons = new ArrayList<>();
        if (!words.isEmpty()) {
            reasons.add("last log lines of " + pod.name() + ":");
            words.forEach(line -> reasons.add("  " + line));
        }
        return reasons;
    }

    private List<String> log(Goal goal, ResourceTree.Node pod, boolean previous) throws IOException {
        ArgoCdApi api = client.api();
        ApplicationName application = goal.application();
        Deque<String> last = new ArrayDeque<>();
        try (ResponseBody body = call(api.logs(
                application.name(),
                pod.name(),
                application.namespaceOrNull(),
                goal.project(),
                pod.namespace(),
                LOG_LINES,
                false,
                previous))) {
            String line;
            while ((line = body.source().readUtf8Line()) != null) {
                JsonNode entry = client.mapper().readTree(line).path("result");
                String content = entry.path("content").asText().strip();
                if (!content.isEmpty()) {
                    last.addLast(content.length() > LINE ? content.substring(0, LINE) + "…" : content);
                }
                if (last.size() > LOG_LINES) {
                    last.removeFirst();
                }
            }
        }
        return List.copyOf(last);
    }

    /** One part of the explanation. */
    private interface Part {
        List<String> get() throws IOException;
    }

    private static List<String> orNothing(Part part) {
        try {
            return part.get();
        } catch (IOException notToBeHad) {
            return List.of("  (" + notToBeHad.getMessage() + ")");
        }
    }

    private <T> T call(Call<T> call) throws IOException {
        call.timeout().timeout(CALL_SECONDS, TimeUnit.SECONDS);
        Response<T> response = call.execute();
        if (!response.isSuccessful()) {
            throw new IOException(client.message(response));
        }
        return response.body();
    }
}
