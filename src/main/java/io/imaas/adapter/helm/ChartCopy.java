package io.imaas.adapter.helm;

import io.imaas.model.failure.FailureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** A chart's folder with other defaults. */
final class ChartCopy {
    private ChartCopy() {}

    /** Copies {@code folder} to {@code target} with {@code documents} merged over its values, as Helm merges them. */
    static Path with(Path folder, Path target, List<String> documents) throws IOException {
        copy(folder, target);
        Path values = target.resolve("values.yaml");
        Map<String, Object> merged = new LinkedHashMap<>();
        if (Files.isRegularFile(values)) {
            merge(merged, parse(Files.readString(values)));
        }
        documents.forEach(document -> merge(merged, parse(document)));
        Files.writeString(values, new Dump(DumpSettings.builder().build()).dumpToString(merged));
        return target;
    }

    private static void copy(Path folder, Path target) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path to = target.resolve(folder.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
        }
    }

    static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Map<?, ?> parse(String document) {
        try {
            Object content = new Load(LoadSettings.builder().setLabel("values").build()).loadFromString(document);
            return content instanceof Map<?, ?> map ? map : Map.of();
        } catch (YamlEngineException e) {
            throw FailureException.input("the values are no YAML: " + e.getMessage(), "", "");
        }
    }

    /** Maps are merged key by key, a null removes a default, everything else is replaced. */
    private static void merge(Map<String, Object> into, Map<?, ?> from) {
        from.forEach((key, value) -> {
            String name = String.valueOf(key);
            if (value == null) {
                into.remove(name);
            } else if (value instanceof Map<?, ?> map) {
                Map<String, Object> below = new LinkedHashMap<>();
                if (into.get(name) instanceof Map<?, ?> before) {
                    merge(below, before);
                }
                merge(below, map);
                into.put(name, below);
            } else {
                into.put(name, value);
            }
        });
    }
}
