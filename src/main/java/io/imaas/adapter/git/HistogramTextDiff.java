package io.imaas.adapter.git;

import io.imaas.port.TextDiff;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/** As {@code git diff --histogram} tells it, without the lines around. */
public final class HistogramTextDiff implements TextDiff {
    @Override
    public List<String> of(String before, String after) {
        RawText old = raw(before);
        RawText now = raw(after);
        List<String> lines = new ArrayList<>();
        for (Edit edit : new HistogramDiff().diff(RawTextComparator.DEFAULT, old, now)) {
            for (int line = edit.getBeginA(); line < edit.getEndA(); line++) {
                lines.add("- " + old.getString(line));
            }
            for (int line = edit.getBeginB(); line < edit.getEndB(); line++) {
                lines.add("+ " + now.getString(line));
            }
        }
        return lines;
    }

    /** Every line ends alike, so that only its words count. */
    private static RawText raw(String text) {
        StringBuilder lines = new StringBuilder();
        text.lines().forEach(line -> lines.append(line).append('\n'));
        return new RawText(lines.toString().getBytes(StandardCharsets.UTF_8));
    }
}
