package io.imaas.adapter.argocd.sim;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imaas.adapter.argocd.sim.SimulatedApplication.Request;
import java.util.function.Consumer;

/** Argo CD's API server over the simulated controller: rights, windows and the words of its errors. */
public final class SimulatedApi {
    private final SimulatedArgoCd argo;
    private boolean mayGet = true;
    private boolean maySync = true;
    private boolean down;
    private int calls;

    public SimulatedApi(SimulatedArgoCd argo) {
        this.argo = argo;
    }

    public void rights(boolean get, boolean sync) {
        mayGet = get;
        maySync = sync;
    }

    /** Whether the stream may show anything. */
    boolean mayGet() {
        return mayGet;
    }

    /** No answer to anything until it is up again. */
    public void down(boolean value) {
        down = value;
    }

    public boolean down() {
        return down;
    }

    /** How many calls came in, the stream's apart. */
    public int calls() {
        return calls;
    }

    SimulatedArgoCd argo() {
        return argo;
    }

    private void count() {
        calls++;
        if (down) {
            throw new ApiError(503, 14, "upstream connect error");
        }
    }

    private SimulatedApplication find(String project, String name) {
        if (!mayGet) {
            throw ApiError.denied("");
        }
        SimulatedApplication found = argo.applications().get(name);
        if (found == null || !found.exists || (project != null && !found.project.equals(project))) {
            // Without a project the server does not tell absent from forbidden.
            throw project == null ? ApiError.denied("") : ApiError.notFound(name);
        }
        return found;
    }

    public ObjectNode get(String project, String name) {
        count();
        return find(project, name).json();
    }

    /** Answers when the controller has compared; the caller may have given up by then. */
    public void refresh(String project, String name, Consumer<ObjectNode> done) {
        count();
        SimulatedApplication found = find(project, name);
        argo.refresh(found, () -> done.accept(found.json()));
    }

    public ObjectNode list(String project) {
        count();
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.putObject("metadata").put("resourceVersion", Long.toString(argo.version()));
        ArrayNode items = list.putArray("items");
        argo.applications().values().stream()
                .filter(a -> a.exists && mayGet && (project == null || a.project.equals(project)))
                .forEach(a -> items.add(a.json()));
        return list;
    }

    /** The order of the checks is the server's own: windows before the right to sync. */
    public ObjectNode sync(String project, String name, String revision, String rolloutId) {
        count();
        SimulatedApplication found = find(project, name);
        if (argo.deniesManual()) {
            throw ApiError.window();
        }
        if (!maySync) {
            throw ApiError.denied("applications, sync, " + project + "/" + name);
        }
        if (found.deleting) {
            throw ApiError.precondition("application is deleting");
        }
        if (found.automated && !revision.isEmpty()) {
            throw ApiError.precondition("Cannot sync to " + revision + ": auto-sync currently set to dev");
        }
        Request request = new Request();
        request.revision = revision;
        request.rolloutId = rolloutId;
        argo.begin(found, request);
        return found.json();
    }

    public void terminate(String project, String name) {
        count();
        argo.terminateOperation(find(project, name));
    }

    public ObjectNode windows(String project, String name) {
        count();
        find(project, name);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (argo.deniesAutomatic()) {
            window(json.putArray("activeWindows"));
            window(json.putArray("assignedWindows"));
        }
        return json.put("canSync", !argo.deniesManual());
    }

    private void window(ArrayNode into) {
        into.addObject()
                .put("kind", "deny")
                .put("schedule", "0 22 * * *")
                .put("duration", "8h")
                .put("manualSync", !argo.deniesManual());
    }

    /** The live object, read from the cluster. */
    public ObjectNode resource(String project, String name, String kind, String resource) {
        count();
        SimulatedApplication found = find(project, name);
        if (!kind.equals("Deployment") || !resource.equals(found.workload.name())) {
            throw ApiError.invalid(kind + " " + resource + " not found as part of application " + name);
        }
        return found.workload.json();
    }

    public ObjectNode tree(String project, String name) {
        count();
        SimulatedApplication found = find(project, name);
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        ArrayNode nodes = tree.putArray("nodes");
        node(nodes, "Deployment", found.workload.name(), found.workload.cached().health(), "");
        String pod = found.workload.name() + "-5d4f-abcde";
        boolean ill = found.workload.ill();
        node(nodes, "Pod", pod, ill ? "Degraded" : "Healthy", ill ? "back-off 5m0s restarting failed container" : "");
        if (found.migrating) {
            node(nodes, "Pod", found.service + "-migration-0123456789-x7f2p", "Degraded", "");
            ((ObjectNode) nodes.get(nodes.size() - 1)).putArray("images").add("docker.io/flyway/flyway@sha256:ff");
        }
        return tree;
    }

    private static void node(ArrayNode nodes, String kind, String name, String health, String message) {
        ObjectNode node = nodes.addObject().put("kind", kind).put("name", name).put("namespace", "orders-dev");
        node.put("version", "v1").put("group", kind.equals("Pod") ? "" : "apps").put("uid", "uid-" + name);
        ObjectNode state = node.putObject("health").put("status", health);
        if (!message.isEmpty()) {
            state.put("message", message);
        }
    }

    public ObjectNode events(String project, String name) {
        count();
        SimulatedApplication found = find(project, name);
        ObjectNode events = JsonNodeFactory.instance.objectNode();
        if (found.workload.ill()) {
            events.putArray("items")
                    .addObject()
                    .put("type", "Warning")
                    .put("reason", "Unhealthy")
                    .put("message", "Readiness probe failed: HTTP probe failed with statuscode: 500")
                    .put("count", 7)
                    .put("lastTimestamp", "2026-03-01T08:00:00Z");
        }
        return events;
    }
}
