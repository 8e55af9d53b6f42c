package io.imaas.adapter.yaml;

import io.imaas.adapter.yaml.YamlNode.Alias;
import io.imaas.adapter.yaml.YamlNode.Entry;
import io.imaas.adapter.yaml.YamlNode.Mapping;
import io.imaas.adapter.yaml.YamlNode.Scalar;
import io.imaas.adapter.yaml.YamlNode.Sequence;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Location;
import io.imaas.port.FileEdit;
import io.imaas.port.ValuesEditor;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Edits YAML by splicing text. The first document of a file is read and written; a key's name may hold a dot, written
 * {@code \.}. What cannot be edited soundly (aliases, merges, templates, blocks of text, keys that stand there twice) is
 * refused with its line and column.
 */
public final class ByteExactValuesEditor implements ValuesEditor {
    @Override
    public FileEdit set(String path, Map<String, String> values) {
        Map<KeyPath, String> parsed = new LinkedHashMap<>();
        values.forEach((key, value) -> parsed.put(KeyPath.parse(key), value));
        return new Edit(path, parsed);
    }

    @Override
    public Map<String, String> read(String file, String yaml) {
        return new StrictReleaseFormat().read(file, yaml);
    }

    /** Sets keys of one file. */
    private record Edit(String path, Map<KeyPath, String> values) implements FileEdit {
        @Override
        public Optional<byte[]> apply(Optional<byte[]> current) {
            YamlText before = YamlText.decode(path, current.orElseGet(() -> new byte[0]));
            YamlText after = before;
            for (Map.Entry<KeyPath, String> value : values.entrySet()) {
                after = new KeySetter(after, value.getKey(), value.getValue()).set();
            }
            if (after.text().equals(before.text())) {
                return current;
            }
            prove(before, after);
            try {
                return Optional.of(after.encode());
            } catch (CharacterCodingException problem) {
                throw FailureException.input("a value holds half a character", Location.of(path), "");
            }
        }

        /** Reads the result again: the keys must have their values, and everything else its old meaning. */
        private void prove(YamlText before, YamlText after) {
            YamlDocuments result;
            try {
                result = YamlDocuments.parse(after);
            } catch (FailureException broken) {
                throw unsound(before);
            }
            Map<String, String> now = new Values(result).flatten();
            boolean set = values.entrySet().stream().allMatch(entry -> entry.getValue()
                    .equals(now.get(entry.getKey().toString())));
            if (!set || !new Sameness(values.keySet()).holds(YamlDocuments.parse(before), result)) {
                throw unsound(before);
            }
        }

        private FailureException unsound(YamlText before) {
            return before.refuse(
                    0,
                    "these keys cannot be set here without changing something else: " + values.keySet(),
                    "write them once by hand as plain keys with plain values");
        }
    }

    /** Proves that two files mean the same but for the values of certain keys: both are listed node by node without these. */
    private static final class Sameness {
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
}
