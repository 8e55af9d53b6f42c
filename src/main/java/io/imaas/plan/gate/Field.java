package io.imaas.plan.gate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A value in a manifest and where it is; what is not there is a field without a value, never an error.
 *
 * @param path such as {@code spec.template.spec.containers[0].image}
 */
record Field(String path, Object value) implements Serializable {
    Field at(String... keys) {
        Field here = this;
        for (String key : keys) {
            here = new Field(
                    here.path.isEmpty() ? key : here.path + "." + key,
                    here.value instanceof Map<?, ?> map ? map.get(key) : null);
        }
        return here;
    }

    /** The elements of a list; of anything else none. */
    List<Field> items() {
        List<Field> items = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                items.add(new Field(path + "[" + i + "]", list.get(i)));
            }
        }
        return items;
    }

    /** The entries of a map; of anything else none. */
    List<Field> entries() {
        return value instanceof Map<?, ?> map
                ? map.keySet().stream().map(key -> at(String.valueOf(key))).toList()
                : List.of();
    }

    /** The last key of the path. */
    String key() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    boolean isThere() {
        return value != null;
    }

    boolean is(Object wanted) {
        return wanted.equals(value);
    }

    String text() {
        return value == null ? "" : String.valueOf(value);
    }

    /** This field and all below it. */
    void everywhere(Consumer<Field> look) {
        look.accept(this);
        entries().forEach(entry -> entry.everywhere(look));
        items().forEach(item -> item.everywhere(look));
    }
}
