package io.imaas.adapter.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.marcnuri.helm.Helm;
import io.imaas.port.ChartRenderer.Chart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code helm lint} of a chart with values. */
final class ChartLint {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ChartLint() {}

    /** What Helm warns of. Its library takes no values for this, so they become the defaults of a copy of the chart. */
    static List<String> warnings(Chart chart, Path scratch) throws IOException {
        Path folder = Path.of(chart.folder());
        Path copy = scratch.resolve(folder.getFileName());
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, copy.resolve(folder.relativize(file)));
            }
        }
        Path defaults = copy.resolve("values.yaml");
        JsonNode merged = read(Files.readString(defaults));
        for (String values : chart.values()) {
            merged = JSON.readerForUpdating(merged).readValue(read(values));
        }
        Files.writeString(defaults, merged.toString());
        return new Helm(copy)
                .lint().call().getMessages().stream()
                        .filter(message -> !message.startsWith("[INFO]"))
                        .toList();
    }

    private static JsonNode read(String yaml) {
        return JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml));
    }
}
