package io.imaas.model.kubernetes;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Effect.FieldChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What lies between two sets of manifests, object by object; objects that are equal are left out. */
public final class ManifestDiff {
    private ManifestDiff() {}

    /** Objects that go stand last. */
    public static List<Effect> between(Manifests before, Manifests after) {
        Map<String, Manifest> old = new LinkedHashMap<>();
        before.all().forEach(manifest -> old.put(manifest.id(), manifest));
        List<Effect> effects = new ArrayList<>();
        for (Manifest manifest : after.all()) {
            Manifest there = old.remove(manifest.id());
            if (there == null) {
                effects.add(Effect.created(manifest.kind(), manifest.shown(), ""));
                continue;
            }
            List<FieldChange> fields = ObjectDiff.changes(there.fields(), manifest.fields());
            if (!fields.isEmpty()) {
                effects.add(Effect.updated(manifest.kind(), manifest.shown(), "", fields, Map.of()));
            }
        }
        old.values().forEach(manifest -> effects.add(Effect.deleted(manifest.kind(), manifest.shown(), "")));
        return effects;
    }
}
