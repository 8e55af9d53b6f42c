package io.imaas.step.runner;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.plan.step.EnsureManifests;
import io.imaas.port.Clock;
import io.imaas.port.Cluster;
import io.imaas.port.Cluster.Applied;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepRunner;
import io.imaas.step.observe.PoliciesInCluster;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Brings the tenant's space to what is wanted; what can't be is told together with what could. */
public record EnsureManifestsRunner(Cluster cluster, Clock clock) implements StepRunner<EnsureManifests> {
    @Override
    public Outcome run(EnsureManifests step, StepContext context) {
        Applied applied = cluster.ensure(step.environment() == null ? withoutOthers(step) : step.manifests());
        if (applied.failures().isEmpty()) {
            return new Outcome.Succeeded(null, applied.effects(), applied.warnings());
        }
        Failure first = first(applied.failures());
        List<Problem> problems = new ArrayList<>(applied.warnings());
        applied.failures().stream()
                .filter(failure -> !failure.equals(first))
                .map(EnsureManifestsRunner::problem)
                .forEach(problems::add);
        return new Outcome.Failed(first, problems, applied.effects());
    }

    /** The policies, and before them those of this platform in the cluster that its files no longer have. */
    private List<ClusterObject> withoutOthers(EnsureManifests step) {
        List<ClusterObject> objects = new ArrayList<>(
                new PoliciesInCluster(cluster).unwanted(step.manifests().get(0).owner(), step.manifests()));
        objects.addAll(step.manifests());
        return objects;
    }

    /**
     * A namespace that the step made goes with all that is in it. In one that was there before, what limits the tenant
     * stays: it was missing, and without it the tenant could do more than before.
     */
    @Override
    public Outcome undo(EnsureManifests step, Outcome ended, StepContext context) {
        Map<String, Effect> made = new HashMap<>();
        ended.effects().forEach(effect -> made.put(effect.type() + "/" + effect.name(), effect));
        ClusterObject namespace = step.manifests().get(0);
        if (isCreated(made.get(namespace.id()))) {
            return gone(namespace, ended.effects(), context);
        }
        List<Effect> effects = new ArrayList<>();
        List<Problem> remains = new ArrayList<>();
        for (int i = step.manifests().size() - 1; i >= 0; i--) {
            ClusterObject object = step.manifests().get(i);
            Effect effect = made.get(object.id());
            if (effect == null || !effect.isChange()) {
                continue;
            }
            try {
                Effect undone = undone(object, effect);
                if (undone == null) {
                    remains.add(remains(
                            object, isCreated(effect) ? "it was missing, and limits the tenant" : effect.detail()));
                } else {
                    effects.add(undone);
                }
            } catch (FailureException e) {
                remains.add(remains(object, e.failure().what()));
            }
        }
        return new Outcome.Succeeded(null, effects, remains);
    }

    /** Null: it is to remain. */
    private Effect undone(ClusterObject object, Effect effect) {
        if (isCreated(effect) && !object.limits()) {
            return cluster.delete(
                    object.apiVersion(), object.kind(), object.namespace(), object.name(), object.owner());
        }
        return effect.replaced().isEmpty() ? null : cluster.restore(object.with(effect.replaced()));
    }

    private static Problem remains(ClusterObject object, String why) {
        return Problem.warning(
                "remains", Location.of(object.id()), why, "nothing to do: it is as the platform's files say");
    }

    private static boolean isCreated(Effect effect) {
        return effect != null && effect.kind() == Effect.Kind.CREATED;
    }

    private Outcome gone(ClusterObject namespace, List<Effect> made, StepContext context) {
        Effect effect = cluster.delete(
                namespace.apiVersion(), namespace.kind(), namespace.namespace(), namespace.name(), namespace.owner());
        return cluster.get(namespace.apiVersion(), namespace.kind(), namespace.namespace(), namespace.name())
                        .isPresent()
                ? Undoing.waiting(namespace.id(), List.of(effect), context, clock)
                : Outcome.done(
                        null,
                        made.stream()
                                .filter(EnsureManifestsRunner::isCreated)
                                .map(gone -> Effect.deleted(gone.type(), gone.name(), ""))
                                .toList());
    }

    /** What time may cure decides only when there is nothing else: trying again does not help the rest. */
    private static Failure first(List<Failure> failures) {
        return failures.stream()
                .min(Comparator.comparing(failure -> failure.kind().again() != FailureKind.Again.NEVER))
                .orElseThrow();
    }

    private static Problem problem(Failure failure) {
        return Problem.error("cluster", Location.of(failure.where().toString()), failure.what(), failure.suggestion());
    }
}
