package io.imaas.model.kubernetes;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * The fields of an object to look into: what is not there is empty, never an error.
 *
 * @param node texts, numbers, booleans, lists and maps; null for nothing
 */
public record Tree(Object node) implements Serializable {
    public static Tree of(Manifest manifest) {
        return new Tree(manifest.fields());
    }

    public Tree at(String... keys) {
        Object here = node;
        for (String key : keys) {
            here = here instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return new Tree(here);
    }

    public List<Tree> items() {
        return node instanceof List<?> list ? list.stream().map(Tree::new).toList() : List.of();
    }

    public String text() {
        return node == null || node instanceof Map || node instanceof List ? "" : String.valueOf(node);
    }

    /** A count; Kubernetes leaves zeros out. */
    public int number() {
        return node instanceof Number number ? number.intValue() : 0;
    }

    public boolean isTrue() {
        return Boolean.TRUE.equals(node);
    }

    public boolean isThere() {
        return node != null;
    }

    /** The condition of a type in a status, or an empty one. */
    public Tree condition(String type) {
        return at("status", "conditions").items().stream()
                .filter(condition -> condition.at("type").text().equals(type))
                .findFirst()
                .orElse(new Tree(null));
    }
}
