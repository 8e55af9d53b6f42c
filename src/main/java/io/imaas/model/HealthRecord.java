package io.imaas.model;

import java.io.Serializable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a rollout found out about a digest in an environment: what the order gate reads.
 *
 * @param commit the GitOps commit whose rollout this is
 * @param since when it became so
 * @param evidence one line: who observed it and how
 */
public record HealthRecord(
        ServiceName service,
        EnvironmentName environment,
        Digest digest,
        Status status,
        CommitId commit,
        Instant since,
        String evidence)
        implements Serializable {
    /** A release's health in an environment. */
    public enum Status {
        HEALTHY,
        DEGRADED,
        /** Its release could not be applied there: nothing is known of the digest, neither good nor bad. */
        UNAPPLIED,
        /** Nobody observed it, a person vouched for it; recorded as such. */
        ASSUMED;

        /** Whether the order gate lets a digest of this health pass. */
        public boolean passes() {
            return this == HEALTHY || this == ASSUMED;
        }
    }

    /** The form kept at {@link GitOpsPaths#health}. */
    public String text() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("status", status.name().toLowerCase(Locale.ROOT));
        values.put("commit", commit.value());
        values.put("since", since.toString());
        values.put("evidence", evidence);
        return FlatText.write(values);
    }

    /** Reads {@link #text()}. */
    public static HealthRecord parse(ServiceName service, EnvironmentName environment, Digest digest, String text) {
        String where = GitOpsPaths.health(service, environment, digest);
        Map<String, String> values = FlatText.read(text, where);
        try {
            return new HealthRecord(
                    service,
                    environment,
                    digest,
                    Status.valueOf(values.getOrDefault("status", "").toUpperCase(Locale.ROOT)),
                    new CommitId(values.getOrDefault("commit", "")),
                    Instant.parse(values.getOrDefault("since", "")),
                    values.getOrDefault("evidence", ""));
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            throw FailureException.input(
                    "this is no health record: " + e.getMessage(), where, "restore the file from Git");
        }
    }
}
