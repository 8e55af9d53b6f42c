package io.imaas.adapter.helm;

import io.imaas.model.failure.FailureException;
import io.imaas.model.kubernetes.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Helm's output as manifests, in Helm's order (its installation order of kinds). What is kept is not Helm's text but what
 * we read in it: whoever reads that text otherwise than we do never sees it.
 */
final class RenderedDocuments {
    /** YAML forbids this line inside of any scalar of a document, so text can be split there. */
    private static final Pattern SEPARATOR = Pattern.compile("(?m)^---([ \\t].*)?$");

    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setLabel("rendered").build();

    private RenderedDocuments() {}

    static List<Manifest> split(String rendered, String namespace) {
        List<Manifest> manifests = new ArrayList<>();
        for (String document : SEPARATOR.split(rendered)) {
            Object content = parse(document);
            if (content != null) {
                manifests.add(manifest(content, document, namespace));
            }
        }
        return manifests;
    }

    private static Object parse(String document) {
        try {
            return new Load(SETTINGS).loadFromString(document);
        } catch (YamlEngineException e) {
            throw FailureException.input(
                    "the chart renders to something that is no YAML: " + e.getMessage(),
                    source(document),
                    "look at what the values put there, quoting and indentation first");
        } catch (StackOverflowError e) {
            throw FailureException.input(
                    "the chart renders to something that is nested too deeply", source(document), "flatten the values");
        }
    }

    private static Manifest manifest(Object content, String document, String namespace) {
        if (content instanceof Map<?, ?> object
                && object.get("apiVersion") instanceof String apiVersion
                && object.get("kind") instanceof String kind
                && object.get("metadata") instanceof Map<?, ?> metadata
                && metadata.get("name") instanceof String name) {
            String own = metadata.get("namespace") instanceof String given ? given : namespace;
            Map<String, Object> fields = new LinkedHashMap<>();
            object.forEach((key, value) -> fields.put(String.valueOf(key), value));
            requireTexts(object, document);
            return new Manifest(
                    apiVersion, kind, ClusterScoped.is(kind) ? "" : own, name, PlainYaml.of(fields), fields);
        }
        throw FailureException.input(
                "the chart renders to something that is no Kubernetes object",
                source(document),
                "every document needs apiVersion, kind and metadata.name");
    }

    /** In JSON, which the API server makes of it, every key is a text: two readers may make two texts of one that is none. */
    private static void requireTexts(Object value, String document) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, below) -> {
                if (!(key instanceof String)) {
                    throw FailureException.input(
                            "the chart renders to a key that is no text: " + key, source(document), "quote it");
                }
                requireTexts(below, document);
            });
        } else if (value instanceof Collection<?> list) {
            list.forEach(one -> requireTexts(one, document));
        }
    }

    /** Helm's own remark on which template a document is from. */
    private static String source(String document) {
        return document.lines()
                .filter(line -> line.startsWith("# Source: "))
                .map(line -> line.substring("# Source: ".length()))
                .findFirst()
                .orElse("");
    }
}
