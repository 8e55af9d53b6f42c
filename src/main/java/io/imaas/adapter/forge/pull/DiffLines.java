package io.imaas.adapter.forge.pull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the difference of a file as Git prints it. */
public final class DiffLines {
    private static final Pattern HUNK = Pattern.compile("@@ -(\\d+)(?:,\\d+)? \\+(\\d+)(?:,\\d+)? @@.*");

    private DiffLines() {}

    /** @return the lines of the new file that are in it, and which line of the old file each is; 0: it is new */
    public static Map<Integer, Integer> of(String diff) {
        Map<Integer, Integer> lines = new LinkedHashMap<>();
        int before = 0;
        int after = 0;
        for (String line : diff.split("\n", -1)) {
            Matcher hunk = HUNK.matcher(line);
            if (hunk.matches()) {
                before = Integer.parseInt(hunk.group(1));
                after = Integer.parseInt(hunk.group(2));
            } else if (line.startsWith("+")) {
                lines.put(after++, 0);
            } else if (line.startsWith("-")) {
                before++;
            } else if (line.startsWith(" ")) {
                lines.put(after++, before++);
            }
        }
        return lines;
    }
}
