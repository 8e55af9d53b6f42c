package io.imaas.port;

import java.util.Map;

/**
 * Makes edits of YAML files that change the named keys and leave every other byte as it was, and reads {@code release.yaml}
 * strictly: what is accepted, every YAML reader understands alike, so that nobody can show one release to a gate and another
 * one to the cluster.
 */
public interface ValuesEditor {
    /**
     * Sets scalar values, creating what is missing.
     *
     * @param values dotted key path ({@code image.digest}) to value, in order
     */
    FileEdit set(String path, Map<String, String> values);

    /**
     * A file with the orchestrator's keys and nothing else: each once, as a plain or quoted value on a line of its own.
     * Comments and empty lines may stand between.
     *
     * @param file what the text is called in messages, such as {@code dev:services/api/release.yaml}
     * @return dotted key path to value, in the file's order
     * @throws io.imaas.model.failure.FailureException INPUT with file and line
     */
    Map<String, String> read(String file, String yaml);
}
