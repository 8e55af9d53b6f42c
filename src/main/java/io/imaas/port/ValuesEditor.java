package io.imaas.port;

import java.util.Map;

/** Makes edits of YAML files that change the named keys and leave every other byte as it was. */
public interface ValuesEditor {
    /**
     * Sets scalar values, creating what is missing.
     *
     * @param values dotted key path ({@code image.digest}) to value, in order
     */
    FileEdit set(String path, Map<String, String> values);

    /**
     * Reads scalar values: dotted key path to value, of the first document. Absent keys are left out.
     *
     * @param file what the text is called in messages, such as {@code dev:services/api/release.yaml}
     */
    Map<String, String> read(String file, String yaml);
}
