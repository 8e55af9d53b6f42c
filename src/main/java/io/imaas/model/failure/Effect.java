package io.imaas.model.failure;

import java.io.Serializable;

/**
 * What the world now has that it lacked. Every write returns its effects; {@link Kind#UNCHANGED} is a success.
 *
 * @param type what was written, such as {@code Namespace}, {@code commit}, {@code image}
 * @param name its name in the world
 * @param detail one line for a person, may be empty
 */
public record Effect(Kind kind, String type, String name, String detail) implements Serializable {
    /** What happened to the thing. */
    public enum Kind {
        CREATED,
        UPDATED,
        UNCHANGED,
        DELETED
    }

    public static Effect created(String type, String name, String detail) {
        return new Effect(Kind.CREATED, type, name, detail);
    }

    public static Effect updated(String type, String name, String detail) {
        return new Effect(Kind.UPDATED, type, name, detail);
    }

    public static Effect unchanged(String type, String name) {
        return new Effect(Kind.UNCHANGED, type, name, "");
    }

    public static Effect deleted(String type, String name, String detail) {
        return new Effect(Kind.DELETED, type, name, detail);
    }

    public boolean isChange() {
        return kind != Kind.UNCHANGED;
    }
}
