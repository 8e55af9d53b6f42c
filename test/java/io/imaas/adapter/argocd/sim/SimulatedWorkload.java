package io.imaas.adapter.argocd.sim;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imaas.model.image.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A Deployment and its pods, as the Kubernetes controllers drive them. */
public final class SimulatedWorkload {
    /** What an image does when it runs. */
    public enum Behaviour {
        WELL,
        /** Never ready; reported Degraded after the progress deadline. */
        BROKEN,
        /** Reported Degraded for a while, then well. */
        SHAKY
    }

    private record Truth(Instant from, Digest digest, boolean complete) {}

    private static final int REPLICAS = 3;

    private final String name;
    private final String namespace;
    private final String repository;
    private final Script script;
    private final Set<String> broken = new HashSet<>();
    private final Set<String> shaky = new HashSet<>();
    private final List<Truth> history = new ArrayList<>();
    private final Set<Digest> running = new LinkedHashSet<>();
    private Digest template;
    private int generation = 1;
    private int observed = 1;
    private int updated;
    private int ready;
    private boolean failing;
    private boolean everIll;
    private Runnable changed = () -> {};
    private Cached cached = new Cached(null, "Missing", List.of());

    /** What Argo CD's own cache of the cluster says: the truth of a moment ago. */
    record Cached(Digest template, String health, List<String> images) {}

    SimulatedWorkload(String namespace, String name, String repository, Script script) {
        this.namespace = namespace;
        this.name = name;
        this.repository = repository;
        this.script = script;
    }

    void onChange(Runnable listener) {
        changed = listener;
    }

    public void behaves(Digest digest, Behaviour behaviour) {
        everIll = true;
        if (behaviour == Behaviour.BROKEN) {
            broken.add(digest.value());
        } else if (behaviour == Behaviour.SHAKY) {
            shaky.add(digest.value());
        }
    }

    Cached cached() {
        return cached;
    }

    public String name() {
        return name;
    }

    void apply(Digest digest) {
        if (digest.equals(template)) {
            return;
        }
        template = digest;
        generation++;
        updated = 0;
        failing = false;
        news();
        int mine = generation;
        script.later(50, 3_000, () -> observe(mine));
    }

    private void observe(int mine) {
        if (mine == generation) {
            observed = mine;
            running.add(template);
            news();
            script.later(200, 4_000, () -> roll(mine));
        }
    }

    private void roll(int mine) {
        if (mine != generation) {
            return;
        }
        if (broken.contains(template.value())) {
            updated = 1;
            news();
            script.later(20_000, 90_000, () -> fail(mine, false));
        } else if (shaky.contains(template.value()) && !failing) {
            updated = 1;
            fail(mine, true);
        } else {
            updated++;
            ready = Math.max(ready, updated);
            failing = false;
            if (updated == REPLICAS) {
                running.retainAll(Set.of(template));
                ready = REPLICAS;
            }
            news();
            if (updated < REPLICAS) {
                script.later(500, 10_000, () -> roll(mine));
            }
        }
    }

    private void fail(int mine, boolean recovers) {
        if (mine != generation) {
            return;
        }
        failing = true;
        news();
        if (recovers) {
            script.later(2_000, 30_000, () -> roll(mine));
        }
    }

    /** Whether there was ever a reason for it to be called ill. */
    public boolean everIll() {
        return everIll;
    }

    /** Whether it is ill now, in truth. */
    boolean ill() {
        return failing;
    }

    /** Pods die although nothing was applied. */
    public void degrade() {
        everIll = true;
        failing = true;
        ready = REPLICAS - 1;
        news();
    }

    private void news() {
        history.add(new Truth(script.now(), template, complete()));
        // Now and then the cache is late.
        script.later(1, script.chance(0.2) ? 12_000 : 500, () -> {
            cached = new Cached(template, health(), images());
            changed.run();
        });
    }

    private boolean complete() {
        return template != null && observed == generation && updated == REPLICAS && ready == REPLICAS && !failing;
    }

    private String health() {
        if (failing) {
            return "Degraded";
        }
        return complete() ? "Healthy" : "Progressing";
    }

    /** Whether, at some moment of the last while, the digest was live and its rollout complete. */
    public boolean wasLive(Digest digest, Duration lately) {
        Instant from = script.now().minus(lately);
        for (int i = 0; i < history.size(); i++) {
            boolean over = i + 1 < history.size() && !history.get(i + 1).from().isAfter(from);
            if (!over && history.get(i).complete() && history.get(i).digest().equals(digest)) {
                return true;
            }
        }
        return false;
    }

    private List<String> images() {
        return running.stream().map(digest -> repository + "@" + digest).toList();
    }

    /** The object as the cluster has it. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("apiVersion", "apps/v1").put("kind", "Deployment");
        json.putObject("metadata").put("name", name).put("namespace", namespace).put("generation", generation);
        ObjectNode spec = json.putObject("spec").put("replicas", REPLICAS);
        spec.putObject("template")
                .putObject("spec")
                .putArray("containers")
                .addObject()
                .put("name", "mi")
                .put("image", repository + "@" + template);
        ObjectNode status = json.putObject("status").put("observedGeneration", observed);
        status.put("replicas", updated == REPLICAS ? REPLICAS : REPLICAS + 1)
                .put("updatedReplicas", updated)
                .put("readyReplicas", ready)
                .put("availableReplicas", ready);
        return json;
    }
}
