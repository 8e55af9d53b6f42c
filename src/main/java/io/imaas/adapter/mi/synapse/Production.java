package io.imaas.adapter.mi.synapse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What Synapse's factories take of one element: a paragraph of {@code language.txt}. */
final class Production {
    final String name;
    final boolean mediator;
    final Map<String, Attribute> attributes = new LinkedHashMap<>();
    final Map<String, Child> children = new LinkedHashMap<>();
    final List<Condition> conditions = new ArrayList<>();
    String text = "";
    private boolean mediators;
    private Place content = Place.LANGUAGE;

    Production(String name, boolean mediator) {
        this.name = name;
        this.mediator = mediator;
    }

    /** What the content of an element is to Synapse. */
    enum Place {
        LANGUAGE,
        /** A payload whose {@code ${…}} are evaluated. */
        EVALUATED,
        /** A payload or a value: never looked into. */
        FOREIGN
    }

    /**
     * One attribute.
     *
     * @param form {@code xpath}, {@code regex}, {@code int}… or empty
     * @param values the only ones, or empty
     */
    record Attribute(Presence presence, String form, List<String> values) {}

    /** Whether an attribute must be there. */
    enum Presence {
        OPTIONAL,
        REQUIRED,
        NOT_EMPTY
    }

    /** @param production name of the production that the element follows */
    record Child(boolean required, String production) {}

    /**
     * A rule about what must be there.
     *
     * @param when attribute and values under which it holds; empty when always
     * @param alternatives of which one is enough, such as {@code @value}, {@code @a+@b}, {@code <c>}, {@code text}
     * @param attributes that then follow these rules
     */
    record Condition(String when, List<String> alternatives, Map<String, Attribute> attributes) {}

    boolean holdsMediators() {
        return mediators;
    }

    Place content() {
        return content;
    }

    void hold(String what) {
        switch (what) {
            case "mediators" -> mediators = true;
            case "foreign" -> content = Place.FOREIGN;
            case "evaluated" -> content = Place.EVALUATED;
            default -> throw new IllegalStateException("language.txt: hold " + what);
        }
    }
}
