package io.imaas.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/**
 * An expected and an actual value line by line: {@code -} only expected, {@code +} only actual. JSON documents are laid out
 * alike first, so that only their content counts.
 */
public final class Difference {
    /** Beyond this many lines nobody compares by eye, and the table would be too large. */
    private static final int LONGEST = 1_000;
    /** Equal lines shown around a difference. */
    private static final int AROUND = 3;

    private static final ObjectMapper JSON = new ObjectMapper();

    private Difference() {}

    /** Empty where the two are single lines, which are easier compared as they stand, or too long. */
    public static List<String> of(String expected, String actual) {
        List<String> one = lines(expected);
        List<String> other = lines(actual);
        boolean shown = (one.size() > 1 || other.size() > 1) && one.size() <= LONGEST && other.size() <= LONGEST;
        return shown ? shortened(compared(one, other)) : List.of();
    }

    private static List<String> lines(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            return json != null && json.isContainerNode()
                    ? Json.pretty(json).lines().toList()
                    : text.lines().toList();
        } catch (JsonProcessingException e) {
            return text.lines().toList();
        }
    }

    /** By the longest common subsequence. */
    private static List<String> compared(List<String> one, List<String> other) {
        int[][] common = new int[one.size() + 1][other.size() + 1];
        for (int i = one.size() - 1; i >= 0; i--) {
            for (int j = other.size() - 1; j >= 0; j--) {
                common[i][j] = one.get(i).equals(other.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        List<String> lines = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < one.size() || j < other.size()) {
            if (i < one.size() && j < other.size() && one.get(i).equals(other.get(j))) {
                lines.add("  " + one.get(i++));
                j++;
            } else if (j == other.size() || (i < one.size() && common[i + 1][j] >= common[i][j + 1])) {
                lines.add("- " + one.get(i++));
            } else {
                lines.add("+ " + other.get(j++));
            }
        }
        return lines;
    }

    private static List<String> shortened(List<String> lines) {
        List<String> shown = new ArrayList<>();
        int last = -1;
        for (int i = 0; i < lines.size(); i++) {
            if (near(lines, i)) {
                if (i > last + 1) {
                    shown.add("  …");
                }
                shown.add(lines.get(i));
                last = i;
            }
        }
        if (last + 1 < lines.size() && last >= 0) {
            shown.add("  …");
        }
        return shown;
    }

    private static boolean near(List<String> lines, int at) {
        return lines.subList(Math.max(0, at - AROUND), Math.min(lines.size(), at + AROUND + 1)).stream()
                .anyMatch(line -> !line.startsWith("  "));
    }
}
