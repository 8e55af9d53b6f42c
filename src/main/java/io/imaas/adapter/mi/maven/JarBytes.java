package io.imaas.adapter.mi.maven;

import io.imaas.adapter.mi.source.CarZip;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A jar that Maven has just made, without its times and the machine's traces. */
final class JarBytes {
    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    /** Who built it, with what, and when: no property of the sources. */
    private static final Pattern TRACES = Pattern.compile(
            "(?m)^(Built-By|Build-Jdk|Build-Jdk-Spec|Created-By|Build-Time|Bnd-LastModified): .*\\R( .*\\R)*");

    private static final Pattern COMMENT = Pattern.compile("(?m)^#.*\\R");

    private JarBytes() {}

    static byte[] normalise(byte[] jar) {
        try {
            Map<String, byte[]> entries = new TreeMap<>(
                    Comparator.comparingInt(JarBytes::first).thenComparing(Comparator.<String>naturalOrder()));
            entries.putAll(CarZip.entries(jar));
            if (entries.keySet().stream().anyMatch(n -> n.startsWith("META-INF/") && n.endsWith(".SF"))) {
                return jar;
            }
            entries.computeIfPresent(MANIFEST, (name, content) -> without(TRACES, content));
            entries.replaceAll((name, content) -> name.startsWith("META-INF/maven/") && name.endsWith("pom.properties")
                    ? without(COMMENT, content)
                    : content);
            return CarZip.write(entries);
        } catch (IOException e) {
            // Not a jar, whatever its name: its bytes are its own.
            return jar;
        }
    }

    /** Readers of jars look for the manifest in the first two entries. */
    private static int first(String name) {
        return name.equals("META-INF/") ? 0 : name.equals(MANIFEST) ? 1 : 2;
    }

    private static byte[] without(Pattern pattern, byte[] text) {
        return pattern.matcher(new String(text, StandardCharsets.UTF_8))
                .replaceAll("")
                .getBytes(StandardCharsets.UTF_8);
    }
}
