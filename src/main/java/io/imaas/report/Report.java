package io.imaas.report;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;

/**
 * Everything somebody wants to see afterwards.
 *
 * @param where places to look at, so that nobody has to believe a report
 */
public record Report(String title, Instant at, Matrix matrix, List<RunReport> runs, List<Pointer> where)
        implements Serializable {
    public Report {
        runs = List.copyOf(runs);
        where = List.copyOf(where);
    }

    /** @param command a path, or a command that shows the truth without this project's code */
    public record Pointer(String what, String command) implements Serializable {}
}
