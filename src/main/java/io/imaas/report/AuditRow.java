package io.imaas.report;

import io.imaas.model.rollout.Release;
import io.imaas.model.rollout.Trailers;
import io.imaas.plan.snapshot.AuditEntry;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A change as it is told. Texts are empty where nothing is known.
 *
 * @param at ISO 8601
 * @param before version that ran until then
 * @param version what runs since then; empty for a change of the hold alone
 * @param forced the gates that somebody passed by force, and why
 * @param confirmed what a second person said of that; loud where nobody did, or where nothing is recorded
 * @param assumed what somebody vouched for
 * @param rollback what was taken back
 * @param gates by name, what each gate found when it let the change land
 */
public record AuditRow(
        String at,
        String environment,
        String before,
        String version,
        String digest,
        String by,
        String what,
        String reason,
        String forced,
        String confirmed,
        String assumed,
        String rollback,
        Map<String, String> gates,
        String build,
        String commit)
        implements Serializable {
    /** Of nothing: its columns are those of every other. */
    static final AuditRow NONE = new AuditRow("", "", "", "", "", "", "", "", "", "", "", "", Map.of(), "", "");

    public static AuditRow of(AuditEntry entry) {
        Trailers trailers = entry.trailers();
        return new AuditRow(
                entry.at().toString(),
                entry.environment().value(),
                version(entry.before()),
                version(entry.release()),
                entry.release() == null ? "" : entry.release().image().digest().value(),
                entry.by(),
                entry.subject(),
                trailers.get(Trailers.REASON),
                trailers.get(Trailers.OVERRIDE),
                confirmed(entry),
                trailers.get(Trailers.ASSUMED),
                trailers.get(Trailers.ROLLBACK),
                trailers.gates(),
                trailers.get(Trailers.BUILD),
                entry.commit().value());
    }

    private static String confirmed(AuditEntry entry) {
        if (entry.trailers().get(Trailers.OVERRIDE).isEmpty()) {
            return "";
        }
        return entry.override() == null
                ? "OVERRIDE NOT CONFIRMED: there is no signed record of it"
                : entry.override().standing();
    }

    private static String version(Release release) {
        return release == null ? "" : release.version();
    }

    /** Such as {@code 1.3.0 -> 1.4.0}; a first release is its version alone. */
    public String change() {
        return before.isEmpty() || version.isEmpty() || before.equals(version) ? version : before + " -> " + version;
    }

    /** What an auditor asks next, by what it is: reason, approval, force and so on, those that there are. */
    public Map<String, String> details() {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("reason", reason);
        details.put("approval", gates.getOrDefault("approval", ""));
        details.put("forced", forced);
        details.put("override", confirmed);
        details.put("assumed", assumed);
        details.put("takes back", rollback);
        details.values().removeIf(String::isEmpty);
        return details;
    }
}
