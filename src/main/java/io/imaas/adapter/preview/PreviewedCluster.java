package io.imaas.adapter.preview;

import io.imaas.model.failure.Effect;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.port.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A cluster that is read as it is. What would be applied is compared with what is there: an object that has every field
 * as it is wanted is unchanged, whatever else it has; the API server's own defaults are such fields.
 */
public final class PreviewedCluster implements Cluster {
    private final Cluster cluster;
    private final Map<String, Manifest> wouldBe = new ConcurrentHashMap<>();

    public PreviewedCluster(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public List<Effect> apply(List<Manifest> manifests) {
        List<Effect> effects = new ArrayList<>();
        for (Manifest manifest : manifests) {
            String name =
                    manifest.namespace().isEmpty() ? manifest.name() : manifest.namespace() + "/" + manifest.name();
            Optional<Manifest> now =
                    cluster.get(manifest.apiVersion(), manifest.kind(), manifest.namespace(), manifest.name());
            wouldBe.put(manifest.id(), manifest);
            effects.add(
                    now.isEmpty()
                            ? Effect.created(manifest.kind(), name, "")
                            : holds(parse(now.get()), parse(manifest))
                                    ? Effect.unchanged(manifest.kind(), name)
                                    : Effect.updated(manifest.kind(), name, ""));
        }
        return effects;
    }

    /** {@inheritDoc} What would have been applied counts as there. */
    @Override
    public Optional<Manifest> get(String apiVersion, String kind, String namespace, String name) {
        return cluster.get(apiVersion, kind, namespace, name)
                .or(() -> Optional.ofNullable(wouldBe.get(new Manifest(apiVersion, kind, namespace, name, "").id())));
    }

    @Override
    public List<Manifest> list(String apiVersion, String kind, String namespace, String label, String value) {
        return cluster.list(apiVersion, kind, namespace, label, value);
    }

    @Override
    public Effect delete(String apiVersion, String kind, String namespace, String name, OwnLabels labels) {
        String shown = namespace.isEmpty() ? name : namespace + "/" + name;
        Optional<Manifest> found = cluster.get(apiVersion, kind, namespace, name);
        found.ifPresent(manifest -> labels.require(manifest.id(), labels(parse(manifest))));
        return found.isPresent() ? Effect.deleted(kind, shown, "") : Effect.unchanged(kind, shown);
    }

    private static Map<?, ?> labels(Object object) {
        return object instanceof Map<?, ?> content
                        && content.get("metadata") instanceof Map<?, ?> metadata
                        && metadata.get("labels") instanceof Map<?, ?> labels
                ? labels
                : Map.of();
    }

    @Override
    public void check() {
        cluster.check();
    }

    private static Object parse(Manifest manifest) {
        return new Load(LoadSettings.builder().setLabel(manifest.id()).build()).loadFromString(manifest.yaml());
    }

    private static boolean holds(Object now, Object wanted) {
        if (wanted instanceof Map<?, ?> map) {
            return isLeftOut(now, map.isEmpty())
                    || (now instanceof Map<?, ?> there
                            && map.entrySet().stream()
                                    .allMatch(entry -> holds(there.get(entry.getKey()), entry.getValue())));
        }
        if (wanted instanceof List<?> list) {
            return isLeftOut(now, list.isEmpty()) || (now instanceof List<?> there && holdsAll(there, list));
        }
        return String.valueOf(wanted).equals(String.valueOf(now));
    }

    /** The API server leaves empty maps and lists out. */
    private static boolean isLeftOut(Object now, boolean empty) {
        return empty && now == null;
    }

    private static boolean holdsAll(List<?> now, List<?> wanted) {
        boolean all = now.size() == wanted.size();
        for (int i = 0; all && i < wanted.size(); i++) {
            all = holds(now.get(i), wanted.get(i));
        }
        return all;
    }
}
