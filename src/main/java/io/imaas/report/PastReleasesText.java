package io.imaas.report;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.plan.snapshot.PastRelease;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a service ran, newest first, by environment: as text and for programs. */
public final class PastReleasesText {
    private PastReleasesText() {}

    /** A release as it is told. */
    public record Row(String at, String version, String digest, String by, String commit, String subject) {}

    public static String of(Map<EnvironmentName, List<PastRelease>> past) {
        StringBuilder text = new StringBuilder();
        rows(past).forEach((environment, rows) -> {
            text.append(environment).append('\n');
            rows.forEach(row -> text.append("  ")
                    .append(String.join(
                            "  ", row.at(), row.version(), row.digest().substring(7, 19), row.by(), row.subject()))
                    .append('\n'));
            text.append(rows.isEmpty() ? "  nothing yet\n" : "");
        });
        return text.toString();
    }

    public static Map<String, List<Row>> rows(Map<EnvironmentName, List<PastRelease>> past) {
        Map<String, List<Row>> rows = new LinkedHashMap<>();
        past.forEach((environment, releases) -> rows.put(
                environment.value(),
                releases.stream().map(PastReleasesText::row).toList()));
        return rows;
    }

    private static Row row(PastRelease past) {
        return new Row(
                past.at().toString(),
                past.release().version(),
                past.release().image().digest().value(),
                past.by(),
                past.commit().value(),
                past.subject());
    }
}
