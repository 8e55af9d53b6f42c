package io.imaas.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A person's own configuration of the command line: named sets of values for options.
 *
 * @param use the profile in use; empty for none
 * @param byName name of a profile to its values by the option's name without dashes, in the order of the file
 */
public record Profiles(String use, Map<String, Map<String, String>> byName) {
    /** Nothing is configured. */
    public static final Profiles NONE = new Profiles("", Map.of());

    public Profiles {
        byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }

    /** Reads {@code config.yaml}. */
    public static Read<Profiles> read(String file, String text) {
        Findings findings = new Findings();
        Optional<Section> root = root(file, text, "config", findings);
        return result(root.map(Profiles::of).orElse(NONE), findings);
    }

    /** Reads {@code .imaas.yaml}: {@code profile}, {@code tenant} and {@code service}, those that are there. */
    public static Read<Map<String, String>> readCheckout(String file, String text) {
        Findings findings = new Findings();
        Optional<Section> root = root(file, text, "checkout", findings);
        return result(root.map(Profiles::texts).orElse(Map.of()), findings);
    }

    /** The schema is loaded when there is a file: every command asks for its profile, and most people have none. */
    private static Optional<Section> root(String file, String text, String schema, Findings findings) {
        Optional<YamlNode> root = YamlTree.read(file, text, findings);
        root.ifPresent(node -> SchemaCheck.named(schema).check(node, findings));
        return root.map(node -> Section.of(node, findings));
    }

    private static <T> Read<T> result(T value, Findings findings) {
        return findings.hasErrors() ? new Read.Bad<>(findings.sorted()) : new Read.Ok<>(value, findings.sorted());
    }

    private static Profiles of(Section root) {
        Map<String, Map<String, String>> profiles = new LinkedHashMap<>();
        Section given = root.section("profiles");
        given.keys().forEach(name -> profiles.put(name, texts(given.section(name))));
        return new Profiles(root.word("use"), profiles);
    }

    private static Map<String, String> texts(Section section) {
        Map<String, String> texts = new LinkedHashMap<>();
        section.keys().forEach(key -> section.text(key).ifPresent(value -> texts.put(key, value)));
        return texts;
    }
}
