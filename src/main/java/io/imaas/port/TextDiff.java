package io.imaas.port;

import java.util.List;

/** What differs between two texts. */
public interface TextDiff {
    /** Lines that go, begun by {@code - }, and lines that come, begun by {@code + }, in the order of the texts. */
    List<String> of(String before, String after);
}
