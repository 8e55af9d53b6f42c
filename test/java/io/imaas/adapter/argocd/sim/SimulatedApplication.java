package io.imaas.adapter.argocd.sim;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The Application object: what the controller wrote down, which is not always what is. */
public final class SimulatedApplication {
    /** The requested operation, {@code .operation}. */
    static final class Request {
        String revision = "";
        String rolloutId = "";
        boolean automated;
        boolean partial;
    }

    /** {@code .status.operationState}. */
    static final class State {
        Request request;
        String phase = "Running";
        String message = "";
        Instant startedAt;
        Instant finishedAt;
        String revision;
        int retries;
    }

    final String name;
    final String project;
    final String service;
    final String repository;
    final SimulatedWorkload workload;
    boolean automated = true;
    boolean selfHeal = true;
    int retryLimit = 1;
    boolean exists = true;
    boolean deleting;
    long version;
    Request operation;
    State state;
    String syncStatus = "Unknown";
    String revision = "";
    String health = "Missing";
    Instant reconciledAt;
    List<String> images = List.of();
    String condition = "";
    boolean refreshWanted;
    String resourceStatus = "OutOfSync";
    boolean migrating;

    SimulatedApplication(String name, String project, String service, String repository, SimulatedWorkload workload) {
        this.name = name;
        this.project = project;
        this.service = service;
        this.repository = repository;
        this.workload = workload;
    }

    /** A Job of an earlier wave is what fails. */
    public void migrates() {
        migrating = true;
    }

    public SimulatedWorkload workload() {
        return workload;
    }

    public String name() {
        return name;
    }

    /** From now on somebody must ask for every sync. */
    public void manual() {
        automated = false;
    }

    /** The resource version, as Kubernetes hands them out. */
    public long version() {
        return version;
    }

    /** As the API server sends it: times in whole seconds. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = json.putObject("metadata");
        metadata.put("name", name).put("namespace", "argocd").put("resourceVersion", Long.toString(version));
        if (deleting) {
            metadata.put("deletionTimestamp", "2026-01-01T00:00:00Z");
        }
        ObjectNode spec = json.putObject("spec").put("project", project);
        source(spec.putObject("source"));
        spec.putObject("destination")
                .put("server", "https://kubernetes.default.svc")
                .put("namespace", project);
        if (automated) {
            spec.putObject("syncPolicy")
                    .putObject("automated")
                    .put("prune", true)
                    .put("selfHeal", selfHeal);
        }
        if (operation != null) {
            operation(json.putObject("operation"), operation);
        }
        status(json.putObject("status"));
        return json;
    }

    private void status(ObjectNode status) {
        ObjectNode sync = status.putObject("sync").put("status", syncStatus);
        if (!revision.isEmpty()) {
            sync.put("revision", revision);
            source(sync.putObject("comparedTo").putObject("source"));
        }
        status.putObject("health").put("status", health);
        if (reconciledAt != null) {
            status.put("reconciledAt", seconds(reconciledAt));
        }
        if (!condition.isEmpty()) {
            ObjectNode entry = status.putArray("conditions").addObject();
            entry.put("type", condition.substring(0, condition.indexOf(':')))
                    .put("message", condition.substring(condition.indexOf(':') + 2));
        }
        images.forEach(status.putObject("summary").putArray("images")::add);
        ObjectNode resource = status.putArray("resources").addObject();
        resource.put("group", "apps").put("version", "v1").put("kind", "Deployment");
        resource.put("namespace", project).put("name", workload.name()).put("status", resourceStatus);
        resource.putObject("health").put("status", health);
        if (state != null) {
            state(status.putObject("operationState"));
        }
    }

    private void state(ObjectNode json) {
        json.put("phase", state.phase).put("message", state.message).put("startedAt", seconds(state.startedAt));
        if (state.finishedAt != null) {
            json.put("finishedAt", seconds(state.finishedAt));
        }
        operation(json.putObject("operation"), state.request);
        if (state.revision != null) {
            ObjectNode result = json.putObject("syncResult").put("revision", state.revision);
            boolean failed = "Failed".equals(state.phase) || (state.retries > 0 && state.finishedAt != null);
            if (migrating && failed) {
                // As of a wave before the last one: applied, and then Degraded.
                ObjectNode entry = result.putArray("resources").addObject();
                entry.put("kind", "Job").put("name", service + "-migration-0123456789");
                entry.put("status", "Synced").put("hookPhase", "Failed");
                entry.put("message", "Job has reached the specified backoff limit");
            } else if ("Failed".equals(state.phase)) {
                ObjectNode entry = result.putArray("resources").addObject();
                entry.put("kind", "Deployment").put("name", workload.name());
                entry.put("status", "SyncFailed").put("message", "admission webhook denied the request");
            }
        }
    }

    private static void operation(ObjectNode json, Request request) {
        ObjectNode sync = json.putObject("sync");
        if (!request.revision.isEmpty()) {
            sync.put("revision", request.revision);
        }
        if (request.partial) {
            sync.putArray("resources").addObject().put("kind", "Deployment").put("name", "x");
        }
        if (!request.rolloutId.isEmpty()) {
            json.putArray("info").addObject().put("name", "rollout").put("value", request.rolloutId);
        }
        ObjectNode by = json.putObject("initiatedBy");
        if (request.automated) {
            by.put("automated", true);
        }
    }

    private void source(ObjectNode source) {
        source.put("repoURL", repository).put("path", "services/" + service).put("targetRevision", "dev");
    }

    private static String seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Why the sync of a new revision must not be tried again by itself (alreadyAttemptedSync). */
    boolean attempted(String wanted) {
        return state != null && state.revision != null && state.revision.equals(wanted);
    }
}
