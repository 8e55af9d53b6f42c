package io.imaas.adapter.yaml;

import io.imaas.model.failure.FailureException;
import io.imaas.port.FileEdit;
import io.imaas.port.ValuesEditor;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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
                throw FailureException.input("a value holds half a character", path, "");
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
}
