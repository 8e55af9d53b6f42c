package io.imaas.model.source;

/** Texts in which {@code *} stands for anything, read in time that grows with their length and not with a power of it. */
final class Wildcard {
    private Wildcard() {}

    /** Whether the whole text is as it is written. */
    static boolean matches(String written, String text) {
        String[] parts = written.split("\\*", -1);
        String last = parts[parts.length - 1];
        if (parts.length == 1) {
            return written.equals(text);
        }
        int at = parts[0].length();
        int end = text.length() - last.length();
        if (!text.startsWith(parts[0]) || !text.endsWith(last) || at > end) {
            return false;
        }
        // What comes first leaves most for those after it.
        for (int i = 1; i < parts.length - 1; i++) {
            int found = text.indexOf(parts[i], at);
            if (found < 0 || found + parts[i].length() > end) {
                return false;
            }
            at = found + parts[i].length();
        }
        return true;
    }
}
