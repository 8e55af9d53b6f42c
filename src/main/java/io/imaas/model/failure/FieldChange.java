package io.imaas.model.failure;

import java.io.Serializable;

/**
 * One field that a write changes, such as {@code spec.hard.pods: 4 -> 8}.
 *
 * @param field its path, with dots
 * @param before empty: it was not there
 * @param after empty: it goes
 */
public record FieldChange(String field, String before, String after) implements Serializable {
    /** Whether something that was there goes. */
    public boolean takesAway() {
        return after.isEmpty();
    }

    @Override
    public String toString() {
        return field + ": " + shown(before) + " -> " + shown(after);
    }

    private static String shown(String value) {
        return value.isEmpty() ? "(none)" : value;
    }
}
