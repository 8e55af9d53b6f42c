package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.source.Similarity;
import io.imaas.adapter.mi.synapse.Finding;
import io.imaas.adapter.mi.synapse.SynapseWalk.Visited;
import io.imaas.adapter.xml.TextEdit;
import io.imaas.adapter.xml.XmlElement;
import io.imaas.adapter.xml.XmlElement.XmlAttribute;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.model.source.MiProject.MiArtifact;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every {@code ${configs.name}} is declared in {@code config.properties}; the runtime refuses the CAR otherwise. */
final class ConfigKeyCheck {
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^{}]*)}");
    private static final Pattern WHOLE = Pattern.compile("\\s*configs\\.([^\\s+*/()\\[\\],'\"?&|=<>]+)\\s*");
    /** What stands in quotes is text. */
    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]++|\\\\.)*+\"|'(?:[^'\\\\]++|\\\\.)*+'");

    private static final Pattern WITHIN = Pattern.compile("(?<![\\w.)\\]])configs\\.([A-Za-z_]\\w*+(?:\\.\\w++)*+)");

    private final ProjectSources sources;
    private final Set<String> declared;

    ConfigKeyCheck(ProjectSources sources) {
        this.sources = sources;
        this.declared = declared(sources);
    }

    void run() {
        for (SourceArtifact artifact : sources.artifacts()) {
            sources.elements(artifact).stream().filter(Visited::isEvaluated).forEach(this::check);
        }
    }

    private void check(Visited visited) {
        XmlElement element = visited.element();
        for (XmlAttribute attribute : element.attributes()) {
            check(attribute.value(), () -> element.locationOf(attribute.name()));
        }
        if (visited.isTextEvaluated()) {
            check(element.text(), element::location);
        }
    }

    private void check(String text, Supplier<Location> where) {
        if (!text.contains("configs.")) {
            return;
        }
        Matcher expression = EXPRESSION.matcher(text);
        while (expression.find()) {
            Matcher whole = WHOLE.matcher(expression.group(1));
            Matcher key = whole.matches()
                    ? whole
                    : WITHIN.matcher(QUOTED.matcher(expression.group(1)).replaceAll("''"));
            boolean found = whole.matches() || key.find();
            while (found) {
                require(key.group(1), where.get());
                found = !whole.matches() && key.find();
            }
        }
    }

    private void require(String key, Location where) {
        if (declared.contains(key)) {
            return;
        }
        Optional<String> meant = Similarity.nearest(key, declared);
        sources.findings()
                .add(new Finding(
                        Problem.error(
                                "undeclared-config",
                                where,
                                "${configs." + key + "} is not declared",
                                meant.map(name -> "did you mean '" + name + "'?")
                                        .orElse(
                                                sources.studio()
                                                        ? "no plugin of Integration Studio packs a config.properties; write $SYSTEM:"
                                                                + key
                                                                + " or a fixed value, or move to the layout of VS Code"
                                                        : "add the line '" + key + ":string' to "
                                                                + ProjectSources.CONFIG)),
                        meant.isEmpty() ? declare(key) : List.of()));
    }

    private List<TextEdit> declare(String key) {
        if (sources.studio()) {
            return List.of();
        }
        String text = sources.tree().has(ProjectSources.CONFIG)
                ? new String(sources.tree().read(ProjectSources.CONFIG), StandardCharsets.UTF_8)
                : "";
        String line = (text.isEmpty() || text.endsWith("\n") ? "" : "\n") + key + ":string\n";
        return List.of(new TextEdit(ProjectSources.CONFIG, text.length(), text.length(), line));
    }

    /** Lines {@code name:string} or {@code name:cert}; a default may follow. */
    private static Set<String> declared(ProjectSources sources) {
        Stream<String> files = sources.studio()
                ? sources.project().artifacts().stream()
                        .filter(artifact -> artifact.type().equals("config/property"))
                        .map(MiArtifact::file)
                : Stream.of(ProjectSources.CONFIG);
        return files.filter(sources.tree()::has)
                .flatMap(file -> new String(sources.tree().read(file), StandardCharsets.UTF_8).lines())
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith("!"))
                .map(line -> line.split("[:=\\s]", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
