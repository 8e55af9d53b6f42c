package io.imaas.port;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Location;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Files of one commit as text.
 *
 * @param texts path to text, sorted
 * @param unreadable why others could not be read: too large, no UTF-8, a symbolic link, a submodule
 */
public record TextFiles(SortedMap<String, String> texts, SortedMap<String, Failure> unreadable) {
    public TextFiles {
        texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
        unreadable = Collections.unmodifiableSortedMap(new TreeMap<>(unreadable));
    }

    /** Readable files alone. */
    public static TextFiles of(Map<String, String> texts) {
        return new TextFiles(new TreeMap<>(texts), new TreeMap<>());
    }

    /**
     * One file's text, or empty when there is no such file.
     *
     * @throws FailureException INPUT when it could not be read, or a folder is in its place
     */
    public Optional<String> find(String path) {
        Optional<Failure> problem = problem(path);
        if (problem.isPresent()) {
            throw new FailureException(problem.get());
        }
        return Optional.ofNullable(texts.get(path));
    }

    /** Why what stands at a path is no file that can be read; empty when it is one, or nothing stands there. */
    public Optional<Failure> problem(String path) {
        // Right after "/" comes "0": between these two is what lies in a folder.
        boolean folder = !texts.subMap(path + "/", path + "0").isEmpty()
                || !unreadable.subMap(path + "/", path + "0").isEmpty();
        return folder
                ? Optional.of(FailureException.input(
                                "a folder is in the place of this file", Location.of(path), "put a file there")
                        .failure())
                : Optional.ofNullable(unreadable.get(path));
    }

    /** All files, readable or not. */
    public SortedSet<String> paths() {
        SortedSet<String> all = new TreeSet<>(texts.keySet());
        all.addAll(unreadable.keySet());
        return all;
    }
}
