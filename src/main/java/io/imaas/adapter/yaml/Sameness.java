package io.imaas.adapter.yaml;

import io.imaas.adapter.yaml.YamlNode.Alias;
import io.imaas.adapter.yaml.YamlNode.Entry;
import io.imaas.adapter.yaml.YamlNode.Mapping;
import io.imaas.adapter.yaml.YamlNode.Scalar;
import io.imaas.adapter.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Proves that two files mean the same but for the values of certain keys: both are listed node by node without these. */
final class Sameness {
    private static final Listed END = new Listed(null, "", "", "");

    private final Set<KeyPath> targets;

    Sameness(Set<KeyPath> targets) {
        this.targets = Set.copyOf(targets);
    }

    private record Listed(Class<? extends YamlNode> kind, String anchor, String tag, String text) {}

    boolean holds(YamlDocuments before, YamlDocuments after) {
        return listed(before).equals(listed(after));
    }

    /** A file without documents is like one with an empty document. */
    private List<List<Listed>> listed(YamlDocuments documents) {
        List<List<Listed>> all = new ArrayList<>();
        documents.roots().forEach(root -> all.add(listed(root, all.isEmpty() ? List.of() : null)));
        return all.isEmpty() ? List.of(List.of()) : all;
    }

    /**
     * A node and what is in it; nothing for a target, and for what holds nothing but targets or is to be filled with them.
     *
     * @param path null where no target can lie: below a list, and in a later document
     */
    private List<Listed> listed(YamlNode node, List<String> path) {
        boolean leads = path != null && targets.stream().anyMatch(target -> target.startsWith(path));
        List<Listed> inside = new ArrayList<>();
        if (node instanceof Sequence list) {
            list.items().forEach(item -> inside.addAll(listed(item, null)));
        } else if (node instanceof Mapping mapping) {
            for (Entry entry : mapping.entries()) {
                List<Listed> value = listed(entry.value(), leads ? below(path, entry.key()) : null);
                if (!value.isEmpty()) {
                    inside.addAll(listed(entry.key(), null));
                    inside.addAll(value);
                }
            }
        }
        boolean free = leads
                && (node instanceof Scalar scalar
                        ? scalar.isNull() || targets.contains(new KeyPath(path))
                        : node instanceof Mapping && inside.isEmpty());
        if (free && node.anchor().isEmpty() && node.tag().isEmpty()) {
            return List.of();
        }
        Listed self = new Listed(node.getClass(), node.anchor(), node.tag(), free ? "" : text(node));
        return Stream.of(List.of(self), inside, List.of(END))
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> below(List<String> path, YamlNode key) {
        return key instanceof Scalar name
                ? Stream.concat(path.stream(), Stream.of(name.value())).toList()
                : null;
    }

    private static String text(YamlNode node) {
        if (node instanceof Scalar scalar) {
            return scalar.style() + " " + scalar.value();
        }
        return node instanceof Alias alias ? alias.target() : "";
    }
}
