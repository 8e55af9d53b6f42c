package io.imaas.adapter.mi.layout;

import io.imaas.adapter.mi.pom.Pom;
import java.util.List;
import java.util.Locale;

/**
 * What a composite exporter of Integration Studio packs. WSO2's {@code maven-car-plugin} takes a dependency only where a
 * property says so, {@code <groupId>_._<artifactId>} with the value {@code capp/<server role>}; every other dependency is
 * left out without a word.
 */
public record StudioComposite(Pom pom) {
    /** @param serverRole null when the property names none */
    public record Packed(Pom.Dependency dependency, String serverRole) {}

    /** In the pom's order. */
    public List<Packed> packed() {
        return pom.dependencies().stream()
                .filter(one -> value(one).toLowerCase(Locale.ROOT).startsWith("capp"))
                .map(one -> new Packed(one, role(value(one))))
                .toList();
    }

    /** Dependencies that it names and does not pack. */
    public List<Pom.Dependency> leftOut() {
        List<Pom.Dependency> packed = packed().stream().map(Packed::dependency).toList();
        return pom.dependencies().stream().filter(one -> !packed.contains(one)).toList();
    }

    /** The property that makes it pack a dependency. */
    public static String property(Pom.Dependency one) {
        return one.groupId() + "_._" + one.artifactId();
    }

    private String value(Pom.Dependency one) {
        return pom.property(property(one));
    }

    private static String role(String value) {
        String[] parts = value.split("/");
        return parts.length > 1 ? parts[1] : null;
    }
}
