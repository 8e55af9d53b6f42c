package io.imaas.adapter.argocd.sim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imaas.adapter.argocd.sim.SimulatedApplication.Request;
import io.imaas.adapter.argocd.sim.SimulatedApplication.State;
import io.imaas.model.image.Digest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/**
 * Argo CD's controller: it compares, syncs by itself and runs operations, each in its own time (controller/
 * appcontroller.go, sync.go). Lives on one timeline.
 */
public final class SimulatedArgoCd {
    private final Script script;
    private final SimulatedGit git;
    private final Map<String, SimulatedApplication> applications = new LinkedHashMap<>();
    private final List<BiConsumer<String, ObjectNode>> watchers = new CopyOnWriteArrayList<>();
    private final Set<String> failedRevisions = new TreeSet<>();
    private long version = 1000;

    /** Deny windows: for automatic syncs, and for those that somebody asks for. */
    private boolean denyAutomatic;

    private boolean denyManual;
    private boolean everDenied;
    private boolean everTerminated;
    /** Revisions whose sync fails. */
    private final Set<String> failing = new TreeSet<>();
    /** Probability that a poll or an automatic operation resolves a cached, older revision. */
    private double staleCache;
    /** Probability that automatic sync is skipped (argo-cd#27875). */
    private double skipped;

    public SimulatedArgoCd(Script script, SimulatedGit git) {
        this.script = script;
        this.git = git;
    }

    public SimulatedApplication application(
            String name, String project, String service, String repository, String image) {
        SimulatedWorkload workload = new SimulatedWorkload(project, service, image, script);
        SimulatedApplication application = new SimulatedApplication(name, project, service, repository, workload);
        workload.onChange(() -> script.later(20, 1_500, () -> assess(application)));
        applications.put(name, application);
        poll(application);
        return application;
    }

    /** Already running this revision, as if for long. */
    public void settle(SimulatedApplication application, String revision) {
        Digest digest = git.digest(revision, application.service);
        application.workload.apply(digest);
        Request request = new Request();
        request.revision = revision;
        request.automated = application.automated;
        State state = new State();
        state.request = request;
        state.phase = "Succeeded";
        state.revision = revision;
        state.startedAt = script.now();
        state.finishedAt = script.now();
        application.state = state;
        application.revision = revision;
        application.syncStatus = "Synced";
        application.reconciledAt = script.now();
        changed(application);
    }

    public SimulatedArgoCd denyWindows(boolean automatic, boolean manual) {
        everDenied |= automatic || manual;
        denyAutomatic = automatic;
        denyManual = manual;
        return this;
    }

    public SimulatedArgoCd fails(String revision) {
        failing.add(revision);
        return this;
    }

    public SimulatedArgoCd staleCache(double probability) {
        staleCache = probability;
        return this;
    }

    public SimulatedArgoCd skipsAutoSync(double probability) {
        skipped = probability;
        return this;
    }

    boolean everDenied() {
        return everDenied;
    }

    boolean everTerminated() {
        return everTerminated;
    }

    boolean deniesAutomatic() {
        return denyAutomatic;
    }

    boolean deniesManual() {
        return denyManual;
    }

    Map<String, SimulatedApplication> applications() {
        return applications;
    }

    Script script() {
        return script;
    }

    SimulatedGit git() {
        return git;
    }

    long version() {
        return version;
    }

    /** Revisions for which a sync was seen to fail. */
    public Set<String> failedRevisions() {
        return failedRevisions;
    }

    Runnable watch(BiConsumer<String, ObjectNode> watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    void changed(SimulatedApplication application) {
        application.version = ++version;
        emit("MODIFIED", application);
    }

    private void emit(String type, SimulatedApplication application) {
        ObjectNode json = application.json();
        watchers.forEach(watcher -> watcher.accept(type, json));
    }

    public void delete(SimulatedApplication application) {
        application.exists = false;
        application.version = ++version;
        emit("DELETED", application);
    }

    private void poll(SimulatedApplication application) {
        script.later(120_000, 180_000, () -> {
            if (application.exists) {
                compare(application, resolve(staleCache));
                poll(application);
            }
        });
    }

    private String resolve(double stale) {
        return git.behind(script.chance(stale) ? 1 + script.pick(3) : 0).value();
    }

    /** An explicit refresh resolves the branch anew and calls back when the status was written. */
    void refresh(SimulatedApplication application, Runnable done) {
        application.refreshWanted = true;
        script.later(100, 3_000, () -> {
            if (application.exists && application.refreshWanted) {
                application.refreshWanted = false;
                compare(application, git.head().value());
            }
            done.run();
        });
    }

    /** A full comparison: sync status, health, and automatic sync. */
    private void compare(SimulatedApplication application, String target) {
        Digest wanted = git.digest(target, application.service);
        boolean same =
                wanted != null && wanted.equals(application.workload.cached().template());
        application.revision = target;
        application.syncStatus = same ? "Synced" : "OutOfSync";
        application.resourceStatus = application.syncStatus;
        application.reconciledAt = script.now();
        read(application);
        application.condition = "";
        if (!same && application.automated && application.operation == null && !denyAutomatic) {
            automatic(application, target);
        }
        changed(application);
    }

    /** A managed object changed: compared again with the revision already known (CompareWithRecent). */
    private void assess(SimulatedApplication application) {
        if (application.exists && application.revision.isEmpty()) {
            read(application);
            changed(application);
        } else if (application.exists) {
            compare(application, application.revision);
        }
    }

    private static void read(SimulatedApplication application) {
        application.health = application.workload.cached().health();
        application.images = application.workload.cached().images();
    }

    private void automatic(SimulatedApplication application, String target) {
        if (git.digest(target, application.service) == null || script.chance(skipped)) {
            return;
        }
        boolean attempted = application.attempted(target);
        if (attempted && !"Succeeded".equals(application.state.phase)) {
            application.condition =
                    "SyncError: Failed last sync attempt to [" + target + "]: " + application.state.message;
            return;
        }
        if (attempted && !application.selfHeal) {
            return;
        }
        Request request = new Request();
        request.revision = target;
        request.automated = true;
        request.partial = attempted;
        begin(application, request);
    }

    /** SetAppOperation: the old operation state is gone at once, the new one comes when the controller gets to it. */
    void begin(SimulatedApplication application, Request request) {
        if (application.operation != null) {
            throw ApiError.precondition("another operation is already in progress");
        }
        application.operation = request;
        application.state = null;
        changed(application);
        script.later(50, 3_000, () -> start(application, request));
    }

    private void start(SimulatedApplication application, Request request) {
        if (application.operation != request) {
            return;
        }
        State state = new State();
        state.request = request;
        state.startedAt = script.now();
        application.state = state;
        changed(application);
        script.later(50, 2_000, () -> run(application, state));
    }

    private void run(SimulatedApplication application, State state) {
        if (application.state != state || !state.phase.equals("Running")) {
            terminate(application, state);
            return;
        }
        if (state.request.automated ? denyAutomatic : denyManual) {
            state.message = "Sync operation blocked by sync window";
            changed(application);
            script.later(5_000, 10_000, () -> run(application, state));
            return;
        }
        state.message = "";
        state.finishedAt = null;
        state.revision = state.request.revision.isEmpty() ? resolve(staleCache) : state.request.revision;
        changed(application);
        // Hooks and waves take their time before and after what is applied here.
        script.later(100, 8_000, () -> apply(application, state));
    }

    private void apply(SimulatedApplication application, State state) {
        if (application.state != state || !state.phase.equals("Running")) {
            terminate(application, state);
            return;
        }
        Digest wanted = git.exists(state.revision) ? git.digest(state.revision, application.service) : null;
        if (wanted == null || failing.contains(state.revision)) {
            failed(application, state);
            return;
        }
        application.workload.apply(wanted);
        script.later(100, 6_000, () -> end(application, state, "Succeeded", "successfully synced"));
    }

    private void failed(SimulatedApplication application, State state) {
        if (state.retries++ < application.retryLimit) {
            state.finishedAt = script.now();
            state.message = "one or more objects failed to apply. Retrying attempt #" + state.retries;
            changed(application);
            script.later(5_000, 10_000, () -> run(application, state));
        } else {
            failedRevisions.add(state.revision);
            end(application, state, "Failed", "one or more objects failed to apply (retried 1 times).");
        }
    }

    private void terminate(SimulatedApplication application, State state) {
        if (application.state == state && state.phase.equals("Terminating")) {
            failedRevisions.add(state.revision == null ? "" : state.revision);
            end(application, state, "Failed", "Operation terminated");
        }
    }

    private void end(SimulatedApplication application, State state, String phase, String message) {
        if (application.state != state || !application.exists) {
            return;
        }
        state.phase = state.phase.equals("Terminating") ? "Failed" : phase;
        state.message = message;
        state.finishedAt = script.now();
        application.operation = null;
        if (state.phase.equals("Failed")) {
            failedRevisions.add(state.revision == null ? "" : state.revision);
        }
        changed(application);
        // After an automatic operation the cached revision is good enough for Argo CD (argo-cd#18153).
        boolean cached = state.request.automated;
        script.later(100, 4_000, () -> {
            if (application.exists) {
                compare(application, cached ? resolve(staleCache) : git.head().value());
            }
        });
    }

    /** TerminateOperation. */
    void terminateOperation(SimulatedApplication application) {
        if (application.operation == null || application.state == null) {
            throw ApiError.invalid("Unable to terminate operation. No operation is in progress");
        }
        everTerminated = true;
        application.state.phase = "Terminating";
        changed(application);
        State state = application.state;
        script.later(500, 3_000, () -> terminate(application, state));
    }
}
