package io.imaas.dev.local;

import io.imaas.model.failure.FailureException;
import io.imaas.model.kubernetes.Manifest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** An object as a cluster keeps it: what was applied, and the server's own fields in its metadata. */
record StoredObject(Map<String, Object> content) {
    private static final List<String> SERVERS_OWN =
            List.of("uid", "creationTimestamp", "generation", "resourceVersion");

    /** What somebody applies. */
    static StoredObject parse(Manifest manifest) {
        StoredObject object = read(manifest.yaml());
        ObjectFiles.Key found = object.key();
        boolean same = found.apiVersion().equals(manifest.apiVersion())
                && found.kind().equals(manifest.kind())
                && found.name().equals(manifest.name())
                && (found.namespace().isEmpty() || found.namespace().equals(manifest.namespace()));
        if (!same) {
            throw FailureException.defect(
                    "a manifest that calls itself " + manifest.id() + " holds "
                            + object.manifest().id(),
                    null);
        }
        return object.inNamespace(manifest.namespace());
    }

    static StoredObject read(String yaml) {
        try {
            Object content = new Load(LoadSettings.builder().build()).loadFromString(yaml);
            if (content instanceof Map<?, ?> map && map.get("metadata") instanceof Map<?, ?>) {
                return new StoredObject(copy(map));
            }
            throw FailureException.input("this is not a Kubernetes object", "it has no metadata");
        } catch (YamlEngineException e) {
            throw FailureException.input("a manifest is not YAML: " + e.getMessage(), "", "");
        }
    }

    /** The first version of it. */
    StoredObject born(Instant now) {
        Map<String, Object> metadata = metadata();
        metadata.put("uid", UUID.randomUUID().toString());
        metadata.put("creationTimestamp", now.truncatedTo(ChronoUnit.SECONDS).toString());
        metadata.put("generation", 1);
        metadata.put("resourceVersion", "1");
        return with("metadata", metadata);
    }

    /** The next version of an object; its generation counts changes of what is wanted, not of labels. */
    StoredObject after(StoredObject before) {
        Map<String, Object> old = before.metadata();
        Map<String, Object> metadata = metadata();
        boolean sameWish = before.wish().equals(wish());
        metadata.put("uid", old.get("uid"));
        metadata.put("creationTimestamp", old.get("creationTimestamp"));
        metadata.put("generation", before.generation() + (sameWish ? 0 : 1));
        metadata.put("resourceVersion", String.valueOf(Long.parseLong(String.valueOf(old.get("resourceVersion"))) + 1));
        return with("metadata", metadata);
    }

    /** Whether applying {@code wanted} would change nothing. */
    boolean holds(StoredObject wanted) {
        Map<String, Object> metadata = metadata();
        SERVERS_OWN.forEach(metadata::remove);
        return with("metadata", metadata).content.equals(wanted.content);
    }

    StoredObject with(Map<String, Object> status) {
        return status.isEmpty() ? this : with("status", status);
    }

    int generation() {
        return metadata().get("generation") instanceof Integer number ? number : 1;
    }

    boolean hasLabel(String label, String value) {
        return Objects.equals(labels().get(label), value);
    }

    Map<?, ?> labels() {
        return metadata().get("labels") instanceof Map<?, ?> labels ? labels : Map.of();
    }

    /** The images of a workload's pods, whichever kind it is. */
    List<String> images() {
        List<String> images = new ArrayList<>();
        collectImages(content.get("spec"), images);
        return images;
    }

    private static void collectImages(Object node, List<String> images) {
        if (node instanceof Map<?, ?> map) {
            if (map.get("image") instanceof String image) {
                images.add(image);
            }
            map.values().forEach(value -> collectImages(value, images));
        } else if (node instanceof List<?> list) {
            list.forEach(value -> collectImages(value, images));
        }
    }

    ObjectFiles.Key key() {
        Map<String, Object> metadata = metadata();
        return new ObjectFiles.Key(
                text(content, "apiVersion"),
                text(content, "kind"),
                text(metadata, "namespace"),
                text(metadata, "name"));
    }

    Manifest manifest() {
        ObjectFiles.Key key = key();
        String yaml = new Dump(DumpSettings.builder()
                        .setDefaultFlowStyle(FlowStyle.BLOCK)
                        .build())
                .dumpToString(content);
        return new Manifest(key.apiVersion(), key.kind(), key.namespace(), key.name(), yaml, content);
    }

    /** Everything but metadata and status. */
    private Map<String, Object> wish() {
        Map<String, Object> wish = new LinkedHashMap<>(content);
        wish.remove("metadata");
        wish.remove("status");
        return wish;
    }

    private StoredObject inNamespace(String namespace) {
        Map<String, Object> metadata = metadata();
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        Map<String, Object> wanted = new LinkedHashMap<>(with("metadata", metadata).content);
        // Status is the cluster's to say.
        wanted.remove("status");
        return new StoredObject(wanted);
    }

    private StoredObject with(String key, Map<String, Object> value) {
        Map<String, Object> changed = new LinkedHashMap<>(content);
        changed.put(key, value);
        return new StoredObject(changed);
    }

    private Map<String, Object> metadata() {
        return copy((Map<?, ?>) content.get("metadata"));
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }

    private static String text(Map<String, Object> map, String key) {
        return map.get(key) instanceof String text ? text : "";
    }
}
