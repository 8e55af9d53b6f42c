package io.imaas.plan.step;

import io.imaas.model.record.Statement;
import io.imaas.plan.step.Basis.RecordsRead;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Signs statements and commits them to the records branch, all or nothing.
 *
 * @param statements by path
 * @param subject the commit's first line
 * @param trailers the audit log
 * @param read what was read there before; null: whatever it was
 */
public record KeepRecords(
        String id,
        String title,
        Map<String, Statement> statements,
        String subject,
        Map<String, String> trailers,
        RecordsRead read)
        implements PlannedStep {
    /** Whatever was there. */
    public KeepRecords(
            String id, String title, Map<String, Statement> statements, String subject, Map<String, String> trailers) {
        this(id, title, statements, subject, trailers, null);
    }

    public KeepRecords {
        statements = Collections.unmodifiableMap(new LinkedHashMap<>(statements));
        trailers = Collections.unmodifiableMap(new LinkedHashMap<>(trailers));
    }
}
