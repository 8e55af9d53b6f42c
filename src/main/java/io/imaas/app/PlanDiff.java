package io.imaas.app;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Effect.FieldChange;
import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.kubernetes.ObjectDiff;
import io.imaas.plan.Plan;
import io.imaas.plan.step.EnsureManifests;
import io.imaas.plan.step.PlannedStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What lies between two plans of a tenant: what the second one changes where the world is as the first one says. */
final class PlanDiff {
    private final Map<String, PlannedStep> steps = new HashMap<>();
    private final Map<String, ClusterObject> objects = new HashMap<>();

    private PlanDiff(Optional<Plan> before) {
        before.stream().flatMap(Plan::steps).forEach(step -> {
            steps.put(step.id(), step);
            if (step instanceof EnsureManifests space) {
                space.manifests().forEach(object -> objects.put(object.id(), object));
            }
        });
    }

    /** @param before empty: nothing is there yet */
    static List<Effect> between(Optional<Plan> before, Plan after) {
        PlanDiff diff = new PlanDiff(before);
        List<Effect> effects = new ArrayList<>();
        after.steps().forEach(step -> {
            step.deletions().forEach(thing -> effects.add(Effect.deleted("", thing, "")));
            if (step instanceof EnsureManifests space) {
                space.manifests().stream()
                        .map(diff::of)
                        .flatMap(Optional::stream)
                        .forEach(effects::add);
            } else if (step.deletions().isEmpty()) {
                effects.add(diff.of(step));
            }
        });
        return List.copyOf(effects);
    }

    private Optional<Effect> of(ClusterObject object) {
        ClusterObject old = objects.get(object.id());
        boolean wasThere = old != null && !old.isAbsent();
        if (object.isAbsent() && object.stays()) {
            return wasThere ? Optional.of(change(old, object)) : Optional.empty();
        }
        if (object.isAbsent()) {
            return wasThere ? Optional.of(Effect.deleted(object.kind(), object.shown(), "")) : Optional.empty();
        }
        return Optional.of(wasThere ? change(old, object) : Effect.created(object.kind(), object.shown(), ""));
    }

    private static Effect change(ClusterObject old, ClusterObject object) {
        List<FieldChange> changes = ObjectDiff.changes(old.fields(), object.fields());
        return changes.isEmpty()
                ? Effect.unchanged(object.kind(), object.shown())
                : Effect.updated(object.kind(), object.shown(), "", changes, Map.of());
    }

    private Effect of(PlannedStep step) {
        PlannedStep old = steps.get(step.id());
        if (old == null) {
            return Effect.created("", step.title(), "");
        }
        return old.equals(step) ? Effect.unchanged("", step.title()) : Effect.updated("", step.title(), "");
    }
}
