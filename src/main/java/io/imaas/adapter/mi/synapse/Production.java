package io.imaas.adapter.mi.synapse;

import io.imaas.adapter.mi.layout.ArtifactKind;
import io.imaas.adapter.xml.XmlElement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What Synapse's factories take of one element: a paragraph of {@code language.txt}. */
final class Production {
    final String name;
    final boolean mediator;
    final Map<String, Attribute> attributes = new LinkedHashMap<>();
    final Map<String, Child> children = new LinkedHashMap<>();
    final List<Condition> conditions = new ArrayList<>();
    String text = "";
    /** By {@code itself}, {@code @attribute} or {@code <child>}, the version that brought it. */
    final Map<String, String> since = new LinkedHashMap<>();

    /** Which children must differ, and in what. */
    final List<Distinct> distinct = new ArrayList<>();

    /** Names of children of which only the first is read. */
    final List<String> first = new ArrayList<>();

    /** Names of children that must not be there. */
    final List<String> never = new ArrayList<>();

    private boolean mediators;
    private String unless = "";
    /** Production of children that are not its own, or empty. */
    String others = "";

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
        /** Values of a connector's operation, by name: evaluated, and what they hold is a payload. */
        PARAMETERS,
        /** A payload or a value: never looked into. */
        FOREIGN
    }

    /**
     * One attribute.
     *
     * @param form {@code xpath}, {@code regex}, {@code int}… or empty
     * @param values the only ones, or empty
     */
    record Attribute(Presence presence, String form, List<String> values) {
        /** Whether a value is one of the only ones, where there are some; the form says how it is compared. */
        boolean takes(String value) {
            return switch (form) {
                case "trimmed" -> values.contains(value.strip());
                case "anycase" -> values.contains(value.strip().toUpperCase(Locale.ROOT));
                default -> values.isEmpty() || values.contains(value);
            };
        }
    }

    /** Whether an attribute must be there. */
    enum Presence {
        OPTIONAL,
        REQUIRED,
        NOT_EMPTY
    }

    /** @param production name of the production that the element follows */
    record Child(boolean required, String production) {}

    /** @param attributes of which at least one must differ from those of another child of this name */
    record Distinct(String child, List<String> attributes) {}

    /**
     * A rule about what must be there.
     *
     * @param when attribute and values under which it holds, several joined by {@code &}; empty when always
     * @param alternatives of which one is enough, such as {@code @value}, {@code @a+@b}, {@code <c>}, {@code text}
     * @param attributes that then follow these rules
     * @param text form of the text, or empty
     * @param children that then follow other productions
     */
    record Condition(
            String when,
            List<String> alternatives,
            Map<String, Attribute> attributes,
            String text,
            Map<String, Child> children) {
        boolean holds(XmlElement element) {
            if (when.isEmpty() || when.startsWith("<")) {
                return when.isEmpty() || has(element, when);
            }
            if (when.contains("&")) {
                return Arrays.stream(when.split("&"))
                        .allMatch(part -> new Condition(part, List.of(), Map.of(), "", Map.of()).holds(element));
            }
            boolean not = when.contains("!=");
            String[] parts = when.substring(1).split("[!^]?=", 2);
            if (when.contains("^=")) {
                return element.attribute(parts[0]).startsWith(parts[1]);
            }
            return parts.length == 1
                    ? element.has(parts[0])
                    : not != Arrays.asList(parts[1].split("\\|")).contains(element.attribute(parts[0]));
        }

        String wanted() {
            return alternatives.stream().map(Condition::words).collect(Collectors.joining(" or "));
        }

        private static String words(String alternative) {
            return switch (alternative) {
                case "text" -> "a text";
                case "<*>" -> "an element in it";
                default ->
                    alternative.startsWith("<")
                            ? alternative
                                    .replaceFirst("@(\\w+)=\\|?(.*)>", "> with $1 $2")
                                    .replace("|", ", ")
                            : "the attribute "
                                    + alternative.replace("+@", " with ").substring(1);
            };
        }

        /** Whether an element has one of the alternatives. */
        static boolean has(XmlElement element, String alternative) {
            if (alternative.startsWith("@")) {
                return Arrays.stream(alternative.split("\\+")).allMatch(a -> element.has(a.substring(1)));
            }
            return switch (alternative) {
                case "text" -> !element.text().isBlank();
                case "<*>" -> !element.children().isEmpty();
                default -> {
                    String[] wanted =
                            alternative.substring(1, alternative.length() - 1).split("[@=]", 3);
                    yield element.children().stream()
                            .anyMatch(c -> isSynapse(c, wanted[0])
                                    && (wanted.length == 1
                                            || Arrays.asList(wanted[2].split("\\|"))
                                                    .contains(c.attribute(wanted[1]))));
                }
            };
        }
    }

    static boolean isSynapse(XmlElement element, String name) {
        return element.name().equals(name) && element.namespace().equals(ArtifactKind.SYNAPSE);
    }

    /** Whether a child is one that nobody reads: the second where only the first counts. */
    boolean isUnread(XmlElement element, XmlElement child) {
        return first.contains(child.name())
                && element.children().stream()
                        .filter(other -> isSynapse(other, child.name()))
                        .findFirst()
                        .filter(other -> other != child)
                        .isPresent();
    }

    /** The rule of a child of that name, or null. */
    Child child(XmlElement element, String name) {
        return conditions.stream()
                .filter(condition -> condition.children().containsKey(name) && condition.holds(element))
                .map(condition -> condition.children().get(name))
                .findFirst()
                .orElse(children.get(name));
    }

    /** Whether children that are not its own are mediators. */
    boolean holdsMediators(XmlElement element) {
        return mediators && (unless.isEmpty() || !Condition.has(element, unless));
    }

    Place content() {
        return content;
    }

    void hold(List<String> words) {
        switch (words.get(0)) {
            case "mediators" -> {
                mediators = true;
                unless = words.size() == 3 ? words.get(2) : "";
            }
            case "foreign" -> content = Place.FOREIGN;
            case "evaluated" -> content = Place.EVALUATED;
            case "parameters" -> content = Place.PARAMETERS;
            default -> throw new IllegalStateException("language.txt: hold " + words);
        }
    }
}
