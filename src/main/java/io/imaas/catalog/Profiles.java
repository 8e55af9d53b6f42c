package io.imaas.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

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
        return findings.result(
                SchemaCheck.named("config").read(file, text, findings).map(Profiles::of));
    }

    /** Reads {@code .imaas.yaml}: {@code profile}, {@code tenant} and {@code service}, those that are there. */
    public static Read<Map<String, String>> readCheckout(String file, String text) {
        Findings findings = new Findings();
        return findings.result(
                SchemaCheck.named("checkout").read(file, text, findings).map(Section::texts));
    }

    private static Profiles of(Section root) {
        Map<String, Map<String, String>> profiles = new LinkedHashMap<>();
        Section given = root.section("profiles");
        given.keys().forEach(name -> profiles.put(name, given.section(name).texts()));
        return new Profiles(root.word("use"), profiles);
    }
}
