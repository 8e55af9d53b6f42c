package io.imaas.adapter.mi.synapse;

import io.imaas.adapter.mi.synapse.Production.Presence;
import io.imaas.adapter.mi.synapse.Production.Wanted;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The table {@code synapse/language.txt}: one production for each element that Synapse knows. */
public final class SynapseLanguage {
    private final Map<String, Production> productions = new HashMap<>();
    private final Set<String> mediators = new TreeSet<>();

    private SynapseLanguage() {}

    /** Reads the table; cheap enough for each run. */
    public static SynapseLanguage load() {
        SynapseLanguage language = new SynapseLanguage();
        Production current = null;
        for (String line : rows("/synapse/language.txt")) {
            List<String> words = List.of(line.strip().split("\\s+"));
            if (line.startsWith(" ")) {
                rule(current, words);
            } else {
                current = new Production(words.get(0), words.contains("mediator"));
                language.productions.put(current.name, current);
                if (current.mediator) {
                    language.mediators.add(current.name);
                }
            }
        }
        return language;
    }

    /** The lines of a table among the resources, without comments and blank lines. */
    public static List<String> rows(String resource) {
        try (InputStream in = SynapseLanguage.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    private static void rule(Production production, List<String> words) {
        List<String> rest = words.subList(1, words.size());
        switch (words.get(0)) {
            case "attr" -> rest.forEach(word -> attribute(production.attributes, word));
            case "child" -> rest.forEach(word -> child(production.children, word));
            case "need" -> production.conditions.add(condition("", "need", rest));
            case "if" -> production.conditions.add(condition(rest.get(0), rest.get(1), rest.subList(2, rest.size())));
            case "unique" -> {
                List<String> parts = List.of(rest.get(0).split("\\+?@"));
                production.distinct.add(new Production.Distinct(parts.get(0), parts.subList(1, parts.size())));
            }
            case "first" -> production.first.addAll(rest);
            case "not" -> production.never.addAll(rest);
            case "hold" -> production.hold(rest);
            case "others" -> production.others = rest.get(0);
            case "text" -> production.text = rest.get(0);
            case "since" ->
                rest.stream()
                        .skip(1)
                        .map(what ->
                                new Production.Since(Wanted.of(what.replace("!", "")), rest.get(0), what.endsWith("!")))
                        .forEach(production.since::add);
            default -> throw new IllegalStateException("language.txt: " + String.join(" ", words));
        }
    }

    private static Production.Condition condition(String when, String kind, List<String> rest) {
        Map<String, Production.Attribute> attributes = new HashMap<>();
        Map<String, Production.Child> children = new HashMap<>();
        List<Wanted> alternatives = new ArrayList<>();
        String text = "";
        switch (kind) {
            case "attr" -> rest.forEach(word -> attribute(attributes, word));
            case "child" -> rest.forEach(word -> child(children, word));
            case "need" -> rest.stream().map(Wanted::of).forEach(alternatives::add);
            case "text" -> text = rest.get(0);
            default -> throw new IllegalStateException("language.txt: if " + when + " " + kind);
        }
        return new Production.Condition(Production.Condition.when(when), alternatives, attributes, text, children);
    }

    private static void attribute(Map<String, Production.Attribute> into, String word) {
        int equals = word.indexOf('=');
        String head = equals < 0 ? word : word.substring(0, equals);
        List<String> values = equals < 0
                ? List.of()
                : Arrays.asList(word.substring(equals + 1).split("\\|"));
        int colon = head.indexOf(':');
        String form = colon < 0 ? "" : head.substring(colon + 1);
        String name = colon < 0 ? head : head.substring(0, colon);
        Presence presence =
                name.endsWith("!!") ? Presence.NOT_EMPTY : name.endsWith("!") ? Presence.REQUIRED : Presence.OPTIONAL;
        into.put(name.replace("!", ""), new Production.Attribute(presence, form, values));
    }

    private static void child(Map<String, Production.Child> into, String word) {
        int colon = word.indexOf(':');
        String name = colon < 0 ? word : word.substring(0, colon);
        boolean required = name.endsWith("!");
        String plain = required ? name.substring(0, name.length() - 1) : name;
        into.put(plain, new Production.Child(required, colon < 0 ? plain : word.substring(colon + 1)));
    }

    Optional<Production> production(String name) {
        return Optional.ofNullable(productions.get(name));
    }

    Set<String> mediators() {
        return mediators;
    }
}
