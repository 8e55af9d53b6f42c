package io.imaas.adapter.xml;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One change of a text file.
 *
 * @param file path below the project's folder
 * @param from offset in the file's text, a byte order mark not counted
 * @param to offset behind what is replaced
 */
public record TextEdit(String file, int from, int to, String text) {
    private static final String MARK = "\uFEFF";

    /**
     * The file with some edits; every other byte stays. Of two edits of the same place the first counts. Empty when the
     * file is not UTF-8.
     */
    public static Optional<byte[]> apply(List<TextEdit> edits, byte[] content) {
        String whole = new String(content, StandardCharsets.UTF_8);
        if (!Arrays.equals(whole.getBytes(StandardCharsets.UTF_8), content)) {
            return Optional.empty();
        }
        int mark = whole.startsWith(MARK) ? 1 : 0;
        StringBuilder changed = new StringBuilder(whole);
        int before = Integer.MAX_VALUE;
        for (TextEdit edit : edits.stream()
                .sorted(Comparator.comparingInt(TextEdit::from).reversed())
                .toList()) {
            if (edit.to <= before) {
                changed.replace(mark + edit.from, mark + edit.to, edit.text);
                before = edit.from;
            }
        }
        return Optional.of(changed.toString().getBytes(StandardCharsets.UTF_8));
    }
}
