package io.imaas.model.failure;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the world now has that it lacked. Every write returns its effects; {@link Kind#UNCHANGED} is a success.
 *
 * @param type what was written, such as {@code Namespace}, {@code commit}, {@code image}
 * @param name its name in the world
 * @param detail one line for a person, may be empty
 * @param fields what an update changed, field by field; empty where that is not known
 * @param replaced what was there before an update, for whoever takes it back; empty where it can't be taken back
 */
public record Effect(
        Kind kind, String type, String name, String detail, List<FieldChange> fields, Map<String, Object> replaced)
        implements Serializable {
    /** What happened to the thing. */
    public enum Kind {
        CREATED,
        UPDATED,
        UNCHANGED,
        DELETED
    }

    public Effect {
        fields = List.copyOf(fields);
        // As it is: an object's fields may be null. Where effects are told to people it is left out.
        replaced = replaced == null ? Map.of() : replaced;
    }

    public Effect(Kind kind, String type, String name, String detail) {
        this(kind, type, name, detail, List.of(), Map.of());
    }

    public static Effect created(String type, String name, String detail) {
        return new Effect(Kind.CREATED, type, name, detail);
    }

    public static Effect updated(String type, String name, String detail) {
        return new Effect(Kind.UPDATED, type, name, detail);
    }

    /**
     * An update that is known field by field.
     *
     * @param note said before the fields; empty: nothing
     */
    public static Effect updated(
            String type, String name, String note, List<FieldChange> fields, Map<String, Object> replaced) {
        String detail = Stream.concat(Stream.of(note), fields.stream().map(FieldChange::toString))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("; "));
        return new Effect(Kind.UPDATED, type, name, detail, fields, replaced);
    }

    public static Effect unchanged(String type, String name) {
        return new Effect(Kind.UNCHANGED, type, name, "");
    }

    public static Effect deleted(String type, String name, String detail) {
        return new Effect(Kind.DELETED, type, name, detail);
    }

    /** @param replaced what was there, for whoever takes it back */
    public static Effect deleted(String type, String name, String detail, Map<String, Object> replaced) {
        return new Effect(Kind.DELETED, type, name, detail, List.of(), replaced);
    }

    public boolean isChange() {
        return kind != Kind.UNCHANGED;
    }

    /** The same for reports: without what was there before. */
    public Effect told() {
        return replaced.isEmpty() ? this : new Effect(kind, type, name, detail, fields, Map.of());
    }

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
}
