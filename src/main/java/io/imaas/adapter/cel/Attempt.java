package io.imaas.adapter.cel;

import io.imaas.model.kubernetes.Manifest;
import io.imaas.port.AdmissionPolicies.Question;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One request that the cluster would see once the commit is there: an object comes, changes or goes; or a controller makes
 * pods of its template.
 *
 * @param resource the plural name
 * @param object null when it goes
 * @param old null when it comes
 * @param shown for people
 */
record Attempt(
        String group,
        String version,
        String kind,
        String resource,
        String namespace,
        String name,
        String operation,
        Map<String, Object> object,
        Map<String, Object> old,
        String shown) {
    static List<Attempt> of(Question question) {
        Map<String, Manifest> before = new LinkedHashMap<>();
        question.before().forEach(manifest -> before.put(manifest.apiVersion() + manifest.id(), manifest));
        List<Attempt> attempts = new ArrayList<>();
        for (Manifest manifest : question.coming()) {
            Manifest old = before.remove(manifest.apiVersion() + manifest.id());
            attempts.add(of(
                    manifest, old == null ? "CREATE" : "UPDATE", manifest.fields(), old == null ? null : old.fields()));
            pod(manifest).ifPresent(attempts::add);
        }
        before.values().forEach(gone -> attempts.add(of(gone, "DELETE", null, gone.fields())));
        return attempts;
    }

    private static Attempt of(
            Manifest manifest, String operation, Map<String, Object> object, Map<String, Object> old) {
        int slash = manifest.apiVersion().indexOf('/');
        return new Attempt(
                slash < 0 ? "" : manifest.apiVersion().substring(0, slash),
                manifest.apiVersion().substring(slash + 1),
                manifest.kind(),
                plural(manifest.kind()),
                manifest.namespace(),
                manifest.name(),
                operation,
                object == null ? null : placed(manifest, object),
                old == null ? null : placed(manifest, old),
                manifest.kind() + "/" + manifest.name());
    }

    /** Argo CD writes the namespace into what has none. */
    private static Map<String, Object> placed(Manifest manifest, Map<String, Object> object) {
        if (manifest.namespace().isEmpty() || !(object.get("metadata") instanceof Map<?, ?> metadata)) {
            return object;
        }
        Map<String, Object> whole = new LinkedHashMap<>(object);
        Map<String, Object> there = copy(metadata);
        there.put("namespace", manifest.namespace());
        whole.put("metadata", there);
        return whole;
    }

    private static Optional<Attempt> pod(Manifest of) {
        Map<?, ?> spec = map(of.fields().get("spec"));
        Map<?, ?> jobs =
                of.kind().equals("CronJob") ? map(map(spec.get("jobTemplate")).get("spec")) : spec;
        Map<?, ?> template = map(jobs.get("template"));
        if (!(template.get("spec") instanceof Map)) {
            return Optional.empty();
        }
        Map<String, Object> metadata = copy(map(template.get("metadata")));
        metadata.put("namespace", of.namespace());
        metadata.put("generateName", of.name() + "-");
        Map<String, Object> pod = new LinkedHashMap<>();
        pod.put("apiVersion", "v1");
        pod.put("kind", "Pod");
        pod.put("metadata", metadata);
        pod.put("spec", template.get("spec"));
        return Optional.of(new Attempt(
                "",
                "v1",
                "Pod",
                "pods",
                of.namespace(),
                "",
                "CREATE",
                pod,
                null,
                "Pod of " + of.kind() + "/" + of.name()));
    }

    /** As Kubernetes itself guesses it. */
    private static String plural(String kind) {
        String word = kind.toLowerCase(Locale.ROOT);
        if (word.endsWith("s")) {
            return word + "es";
        }
        return word.endsWith("y") ? word.substring(0, word.length() - 1) + "ies" : word + "s";
    }

    /** What expressions know as {@code request}. */
    Map<String, Object> request() {
        Map<String, Object> kinds = Map.of("group", group, "version", version, "kind", kind);
        Map<String, Object> resources = Map.of("group", group, "version", version, "resource", resource);
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("kind", kinds);
        request.put("resource", resources);
        request.put("requestKind", kinds);
        request.put("requestResource", resources);
        request.put("name", name);
        request.put("namespace", namespace);
        request.put("operation", operation);
        return request;
    }

    /** The labels of the object, as it comes or as it was. */
    List<Map<?, ?>> labels() {
        List<Map<?, ?>> labels = new ArrayList<>();
        for (Map<String, Object> one : java.util.Arrays.asList(object, old)) {
            if (one != null) {
                labels.add(map(map(one.get("metadata")).get("labels")));
            }
        }
        return labels;
    }

    static Map<?, ?> map(Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }
}
