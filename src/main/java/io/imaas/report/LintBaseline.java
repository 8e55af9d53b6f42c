package io.imaas.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Findings that were there before somebody began to look. A finding is known again by rule, file and words, not by its
 * line, and as often as it was there.
 */
public final class LintBaseline {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<Entry, Integer> left = new LinkedHashMap<>();

    private LintBaseline() {}

    /** @param count how often it occurs in the file */
    record Counted(String rule, String file, String what, int count) {}

    private record Entry(String rule, String file, String what) {
        static Entry of(Problem problem) {
            return new Entry(problem.rule(), problem.where().file(), problem.what());
        }
    }

    private record File(int version, List<Counted> findings) {}

    /** The text of a baseline of these findings. */
    public static String of(List<Problem> problems) {
        LintBaseline baseline = new LintBaseline();
        problems.forEach(problem -> baseline.left.merge(Entry.of(problem), 1, Integer::sum));
        List<Counted> findings = new ArrayList<>();
        baseline.left.forEach((entry, count) -> findings.add(new Counted(entry.rule, entry.file, entry.what, count)));
        return Json.pretty(new File(1, findings)) + "\n";
    }

    /**
     * @param shown names the file in messages
     * @throws FailureException INPUT when the text is not a baseline
     */
    public static LintBaseline read(String text, String shown) {
        try {
            File file = JSON.readValue(text, File.class);
            if (file.version != 1 || file.findings == null) {
                throw noBaseline("it is of another version", shown);
            }
            LintBaseline baseline = new LintBaseline();
            file.findings.forEach(
                    one -> baseline.left.merge(new Entry(one.rule, one.file, one.what), one.count, Integer::sum));
            return baseline;
        } catch (JsonProcessingException e) {
            throw noBaseline("it is not JSON as --write-baseline writes it", shown);
        }
    }

    private static FailureException noBaseline(String why, String shown) {
        return FailureException.input("this is not a baseline: " + why, shown, "imaas lint --write-baseline " + shown);
    }

    /** The findings that are not in it, in their order. */
    public List<Problem> without(List<Problem> problems) {
        List<Problem> fresh = new ArrayList<>();
        for (Problem problem : problems) {
            Entry entry = Entry.of(problem);
            int known = left.getOrDefault(entry, 0);
            if (known > 0) {
                left.put(entry, known - 1);
            } else {
                fresh.add(problem);
            }
        }
        return fresh;
    }

    /** How many of its findings no longer occurred, after {@link #without}. */
    public int gone() {
        return left.values().stream().mapToInt(Integer::intValue).sum();
    }
}
