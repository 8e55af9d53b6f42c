package io.imaas.adapter.xml;

import io.imaas.model.failure.Location;
import java.util.Arrays;

/** A well-formed document: its text as the author wrote it, and its root. */
public final class XmlDocument {
    private final String file;
    private final String text;
    private final int[] lines;
    private XmlElement root;

    public XmlDocument(String file, String text) {
        this.file = file;
        this.text = text;
        this.lines = lineStarts(text);
    }

    public void root(XmlElement element) {
        this.root = element;
    }

    /** The path under which problems name it. */
    public String file() {
        return file;
    }

    public String text() {
        return text;
    }

    public XmlElement root() {
        return root;
    }

    /** Line and column, both from 1, of an offset in the text. */
    public Location location(int offset) {
        int found = Arrays.binarySearch(lines, offset);
        int line = found >= 0 ? found : -found - 2;
        return new Location(file, line + 1, offset - lines[line] + 1);
    }

    /** Line ends as XML 1.0 has them: LF, CR LF, and CR alone. */
    private static int[] lineStarts(String text) {
        int[] starts = new int[64];
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean lineEnd = c == '\n' || (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'));
            if (lineEnd) {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, count * 2);
                }
                starts[count++] = i + 1;
            }
        }
        return Arrays.copyOf(starts, count);
    }
}
