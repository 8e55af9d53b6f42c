package io.imaas.adapter.mi.synapse;

import io.imaas.adapter.mi.layout.ArtifactKind;
import io.imaas.adapter.xml.XmlElement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What Synapse's factories take of one element: a paragraph of {@code language.txt}. */
final class Production {
    final String name;
    final boolean mediator;
    final Map<String, Attribute> attributes = new LinkedHashMap<>();
    final Map<String, Child> children = new LinkedHashMap<>();
    final List<Condition> conditions = new ArrayList<>();
    String text = "";
    final List<Since> since = new ArrayList<>();

    /** Which children must differ, and in what. */
    final List<Distinct> distinct = new ArrayList<>();

    /** Names of children of which only the first is read. */
    final List<String> first = new ArrayList<>();

    /** Names of children that must not be there. */
    final List<String> never = new ArrayList<>();

    private boolean mediators;
    private Predicate<XmlElement> unless = element -> false;
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
     * @param when under which it holds
     * @param alternatives of which one is enough
     * @param attributes that then follow these rules
     * @param text form of the text, or empty
     * @param children that then follow other productions
     */
    record Condition(
            Predicate<XmlElement> when,
            List<Wanted> alternatives,
            Map<String, Attribute> attributes,
            String text,
            Map<String, Child> children) {
        String wanted() {
            return alternatives.stream().map(Wanted::words).collect(Collectors.joining(" or "));
        }

        /** @param written attribute and values, several joined by {@code &}, or an element; empty when always */
        static Predicate<XmlElement> when(String written) {
            if (written.isEmpty() || written.startsWith("<")) {
                return written.isEmpty() ? element -> true : Wanted.of(written).in();
            }
            if (written.contains("&")) {
                return Arrays.stream(written.split("&"))
                        .map(Condition::when)
                        .reduce(Predicate::and)
                        .orElseThrow();
            }
            boolean not = written.contains("!=");
            String[] parts = written.substring(1).split("[!^]?=", 2);
            if (written.contains("^=")) {
                return element -> element.attribute(parts[0]).startsWith(parts[1]);
            }
            if (parts.length == 1) {
                return element -> element.has(parts[0]);
            }
            Set<String> values = Set.of(parts[1].split("\\|"));
            return element -> not != values.contains(element.attribute(parts[0]));
        }
    }

    /**
     * What an element may have to have.
     *
     * @param written such as {@code @value}, {@code @a+@b}, {@code <c>}, {@code <c@attribute=a|b>}, {@code text}
     * @param in whether an element has it
     */
    record Wanted(String written, Predicate<XmlElement> in) {
        static Wanted of(String written) {
            return new Wanted(written, predicate(written));
        }

        private static Predicate<XmlElement> predicate(String written) {
            if (written.startsWith("@")) {
                List<String> names = List.of(written.substring(1).split("\\+@"));
                return element -> names.stream().allMatch(element::has);
            }
            return switch (written) {
                case "itself" -> element -> true;
                case "text" -> element -> !element.text().isBlank();
                case "<*>" -> element -> !element.children().isEmpty();
                default -> {
                    String[] parts = written.substring(1, written.length() - 1).split("[@=]", 3);
                    Predicate<XmlElement> named = child -> isSynapse(child, parts[0]);
                    Set<String> values = parts.length == 1 ? Set.of() : Set.of(parts[2].split("\\|"));
                    Predicate<XmlElement> wanted =
                            parts.length == 1 ? named : named.and(child -> values.contains(child.attribute(parts[1])));
                    yield element -> element.children().stream().anyMatch(wanted);
                }
            };
        }

        boolean isAttribute() {
            return written.startsWith("@");
        }

        private String words() {
            return switch (written) {
                case "text" -> "a text";
                case "<*>" -> "an element in it";
                default ->
                    isAttribute()
                            ? "the attribute " + written.replace("+@", " with ").substring(1)
                            : written.replaceFirst("@(\\w+)=\\|?(.*)>", "> with $1 $2")
                                    .replace("|", ", ");
            };
        }
    }

    /**
     * What came later than 4.0.
     *
     * @param line of versions that brought it, such as {@code 4.4}
     * @param refused whether earlier ones refuse it; they pass over it otherwise
     */
    record Since(Wanted what, String line, boolean refused) {}

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
        for (Condition condition : conditions) {
            Child child = condition.children().get(name);
            if (child != null && condition.when().test(element)) {
                return child;
            }
        }
        return children.get(name);
    }

    /** Whether children that are not its own are mediators. */
    boolean holdsMediators(XmlElement element) {
        return mediators && !unless.test(element);
    }

    Place content() {
        return content;
    }

    void hold(List<String> words) {
        switch (words.get(0)) {
            case "mediators" -> {
                mediators = true;
                unless = words.size() == 3 ? Wanted.of(words.get(2)).in() : unless;
            }
            case "foreign" -> content = Place.FOREIGN;
            case "evaluated" -> content = Place.EVALUATED;
            case "parameters" -> content = Place.PARAMETERS;
            default -> throw new IllegalStateException("language.txt: hold " + words);
        }
    }
}
