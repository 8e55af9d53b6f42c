package io.imaas.adapter.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.adapter.argocd.api.ArgoCdApi;
import io.imaas.adapter.argocd.api.ArgoCdClient;
import io.imaas.adapter.argocd.api.EventList;
import io.imaas.adapter.argocd.api.ResourceTree;
import io.imaas.adapter.argocd.machine.ApplicationName;
import io.imaas.adapter.argocd.machine.Goal;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.Response;

/** Says why an application is ill, so that nobody needs to open Argo CD first: sick objects, their events, last words. */
final class Explainer {
    private static final Set<String> ILL = Set.of("Degraded", "Missing", "Progressing", "Suspended");
    private static final int OBJECTS = 5;
    private static final int EVENTS = 3;
    private static final int LOG_LINES = 15;
    private static final int LINE = 500;
    private static final int CALL_SECONDS = 5;

    private final ArgoCdClient client;

    Explainer(ArgoCdClient client) {
        this.client = client;
    }

    /** What could be found, most important first. Explaining must never make matters worse: what fails is left out. */
    List<String> explain(Goal goal) throws IOException {
        ApplicationName application = goal.application();
        ResourceTree tree = call(
                client.api(goal.project()).tree(application.name(), application.namespaceOrNull(), goal.project()));
        List<ResourceTree.Node> ill = tree.nodes() == null
                ? List.of()
                : tree.nodes().stream()
                        .filter(node -> node.health() != null
                                && ILL.contains(node.health().status()))
                        .sorted((a, b) -> rank(a) - rank(b))
                        .limit(OBJECTS)
                        .toList();
        List<String> reasons = new ArrayList<>();
        for (ResourceTree.Node node : ill) {
            String message = node.health().message();
            reasons.add(node.kind() + " " + node.name() + ": " + node.health().status()
                    + (message == null || message.isEmpty() ? "" : " (" + message + ")"));
            reasons.addAll(orNothing(() -> events(goal, node)));
        }
        ill.stream()
                .filter(node -> node.kind().equals("Pod"))
                .findFirst()
                .ifPresent(pod -> reasons.addAll(lastWords(goal, pod)));
        return reasons;
    }

    /** A degraded pod says more than the Deployment above it. */
    private static int rank(ResourceTree.Node node) {
        return (node.health().status().equals("Degraded") ? 0 : 2)
                + (node.kind().equals("Pod") ? 0 : 1);
    }

    private List<String> events(Goal goal, ResourceTree.Node node) throws IOException {
        ApplicationName application = goal.application();
        EventList events = call(client.api(goal.project())
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
                    .map(event -> "  " + event.reason() + ": " + event.message()
                            + (event.count() > 1 ? " (" + event.count() + " times)" : ""))
                    .forEach(lines::add);
        }
        List<String> all = List.copyOf(lines);
        return all.subList(Math.max(0, all.size() - EVENTS), all.size());
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
        ArgoCdApi api = client.api(goal.project());
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
