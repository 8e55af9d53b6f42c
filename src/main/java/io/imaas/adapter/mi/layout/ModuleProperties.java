package io.imaas.adapter.mi.layout;

import io.imaas.adapter.mi.pom.Pom;
import io.imaas.adapter.mi.pom.PomReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the plugins of an Integration Studio module do to a file: they read it as text and put the module's Maven properties
 * in the place of {@code ${name}}, by Java's rules for {@code $} and {@code \} in a replacement.
 */
public record ModuleProperties(Map<String, String> values) {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(.*?)}");

    /** Of all files that the modules list, by the file. */
    public static Map<Path, ModuleProperties> byFile(StudioLayout layout) {
        Map<Path, Optional<ModuleProperties>> byModule = new HashMap<>();
        Map<Path, ModuleProperties> byFile = new HashMap<>();
        for (StudioArtifact one : layout.artifacts()) {
            if (!one.isFiltered()) {
                continue;
            }
            byModule.computeIfAbsent(one.module(), module -> Optional.of(module.resolve("pom.xml"))
                            .filter(Files::isRegularFile)
                            .map(new PomReader(layout.root())::read)
                            .filter(ModuleProperties::fills)
                            .map(ModuleProperties::of))
                    .ifPresent(properties -> Stream.concat(Stream.of(one.file()), one.resources().stream())
                            .forEach(file -> byFile.putIfAbsent(file, properties)));
        }
        return byFile;
    }

    /** Not where each artifact has a module of its own, which copies it. */
    private static boolean fills(Pom module) {
        return module.plugins().stream()
                .flatMap(plugin -> plugin.executions().stream())
                .anyMatch(e -> e.goals().contains("pom-gen") || e.goals().contains("copy-registry-dependencies"));
    }

    public static ModuleProperties of(Pom module) {
        return new ModuleProperties(module.properties());
    }

    /**
     * What is packed of a file.
     *
     * @throws CharacterCodingException when it is no UTF-8 text; the plugins would break it
     * @throws IllegalArgumentException or {@link IndexOutOfBoundsException} when a property is no replacement in Java
     */
    public byte[] into(byte[] content) throws CharacterCodingException {
        Matcher matcher = REFERENCE.matcher(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)));
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            String value = values.getOrDefault(matcher.group(1), "");
            if (!value.isBlank()) {
                matcher.appendReplacement(out, value);
            }
        }
        return matcher.appendTail(out).toString().getBytes(StandardCharsets.UTF_8);
    }
}
