package io.imaas.adapter.yaml;

import io.imaas.port.FileEdit;
import io.imaas.port.ValuesEditor;
import java.util.LinkedHashMap;
import java.util.Map;

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
        return new ValuesEdit(path, parsed);
    }

    @Override
    public Map<String, String> read(String file, String yaml) {
        return new StrictReleaseFormat().read(file, yaml);
    }
}
