package io.imaas.adapter.direct;

import io.imaas.model.failure.FailureException;
import io.imaas.model.kubernetes.Manifest;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** A YAML document to look into: what is not there is empty, never an error. */
record Tree(Object node) {
    static Tree of(Manifest manifest) {
        return parse(manifest.yaml(), manifest.id());
    }

    /**
     * @param where the file, for people
     * @throws FailureException INPUT when it is not YAML
     */
    static Tree parse(String yaml, String where) {
        try {
            return new Tree(new Load(LoadSettings.builder().setLabel(where).build()).loadFromString(yaml));
        } catch (YamlEngineException e) {
            throw FailureException.input("this is not YAML: " + e.getMessage(), where, "");
        }
    }

    Tree at(String... keys) {
        Object here = node;
        for (String key : keys) {
            here = here instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return new Tree(here);
    }

    List<Tree> items() {
        return node instanceof List<?> list ? list.stream().map(Tree::new).toList() : List.of();
    }

    String text() {
        return node == null || node instanceof Map || node instanceof List ? "" : String.valueOf(node);
    }

    /** A count; Kubernetes leaves zeros out. */
    int number() {
        return node instanceof Number number ? number.intValue() : 0;
    }

    boolean isTrue() {
        return Boolean.TRUE.equals(node);
    }

    boolean isThere() {
        return node != null;
    }

    /** The condition of a type in a status, or an empty one. */
    Tree condition(String type) {
        return at("status", "conditions").items().stream()
                .filter(condition -> condition.at("type").text().equals(type))
                .findFirst()
                .orElse(new Tree(null));
    }
}
