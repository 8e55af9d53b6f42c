package io.imaas.adapter.yaml;

import io.imaas.adapter.yaml.YamlNode.Alias;
import io.imaas.adapter.yaml.YamlNode.Entry;
import io.imaas.adapter.yaml.YamlNode.Mapping;
import io.imaas.adapter.yaml.YamlNode.Scalar;
import io.imaas.adapter.yaml.YamlNode.Sequence;
import io.imaas.model.failure.FailureException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a file's keys mean, with aliases and merges followed. */
final class Values {
    /** Keeps aliases that lead back to themselves from the call stack. */
    private static final int DEEPEST = 400;

    /** Enough for any values file; a file that expands to more through aliases is an attack or a mistake. */
    private static final int MOST_VALUES = 100_000;

    private final YamlDocuments documents;
    private int visited;
    private int depth;

    Values(YamlDocuments documents) {
        this.documents = documents;
    }

    /** Dotted key path to value, of all single values of the first document. */
    Map<String, String> flatten() {
        Map<String, String> values = new LinkedHashMap<>();
        if (!documents.roots().isEmpty()) {
            collect(documents.roots().get(0), new ArrayList<>(), values);
        }
        return values;
    }

    /** The entries that a merge key brings in. */
    Map<String, YamlNode> merged(YamlNode from) {
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        YamlNode node = resolve(from);
        enter();
        if (node instanceof Sequence several) {
            several.items().forEach(item -> merged(item).forEach(entries::putIfAbsent));
        } else if (node instanceof Mapping mapping) {
            entries.putAll(entries(mapping));
        }
        depth--;
        return entries;
    }

    private void collect(YamlNode node, List<String> path, Map<String, String> into) {
        enter();
        YamlNode real = resolve(node);
        if (real instanceof Scalar scalar && !path.isEmpty() && !scalar.isNull()) {
            into.put(KeyPath.dotted(path), scalar.value());
        } else if (real instanceof Mapping mapping) {
            entries(mapping).forEach((name, value) -> {
                path.add(name);
                collect(value, path, into);
                path.remove(path.size() - 1);
            });
        }
        depth--;
    }

    private Map<String, YamlNode> entries(Mapping mapping) {
        count();
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        for (Entry entry : mapping.entries()) {
            if (!entry.isMerge() && resolve(entry.key()) instanceof Scalar key) {
                entries.put(key.value(), entry.value());
            }
        }
        for (Entry entry : mapping.entries()) {
            if (entry.isMerge()) {
                merged(entry.value()).forEach(entries::putIfAbsent);
            }
        }
        return entries;
    }

    private YamlNode resolve(YamlNode node) {
        count();
        return node instanceof Alias alias ? documents.anchored(alias.target()).orElse(node) : node;
    }

    private void enter() {
        depth++;
        count();
    }

    private void count() {
        if (++visited > MOST_VALUES || depth > DEEPEST) {
            throw FailureException.input(
                    "the file expands to endlessly many values", "look at its anchors and aliases");
        }
    }
}
