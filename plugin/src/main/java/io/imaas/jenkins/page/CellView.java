package io.imaas.jenkins.page;

import io.imaas.jenkins.run.Look;
import io.imaas.report.Matrix;
import java.time.Instant;
import java.util.List;

/**
 * A service in an environment as the page shows it.
 *
 * @param digest abbreviated
 * @param since null when unknown
 * @param from the environment whose release could come here; empty: none
 */
public record CellView(
        String environment,
        String version,
        String digest,
        String image,
        Look health,
        Moment since,
        String by,
        String note,
        List<String> waits,
        String from) {
    private static final int DIGITS = 12;

    /** Whether something runs there. */
    public boolean runs() {
        return !image.isEmpty();
    }

    /** Whether somebody should look at it. */
    public boolean attention() {
        return runs() && health.attention() || note.startsWith("held") || !waits.isEmpty();
    }

    static CellView of(String environment, String before, Matrix.Cell cell, Instant now) {
        String hex = cell.digest().substring(cell.digest().indexOf(':') + 1);
        return new CellView(
                environment,
                cell.version(),
                hex.substring(0, Math.min(DIGITS, hex.length())),
                cell.digest(),
                Look.ofHealth(cell.health()),
                cell.since().isEmpty() ? null : Moment.of(Instant.parse(cell.since()), now),
                cell.by(),
                cell.note(),
                cell.waits(),
                cell.waits().isEmpty() ? "" : before);
    }
}
