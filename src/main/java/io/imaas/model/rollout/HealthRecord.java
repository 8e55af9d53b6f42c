package io.imaas.model.rollout;

import io.imaas.model.failure.FailureException;
import io.imaas.model.image.Digest;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
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
 * @param was what it was before it degraded long after its rollout, which it becomes again when it recovers; null
 *     otherwise: what a rollout found bad, only another rollout finds good
 */
public record HealthRecord(
        ServiceName service,
        EnvironmentName environment,
        Digest digest,
        Status status,
        CommitId commit,
        Instant since,
        String evidence,
        Status was)
        implements Serializable {
    /** What a rollout found out. */
    public HealthRecord(
            ServiceName service,
            EnvironmentName environment,
            Digest digest,
            Status status,
            CommitId commit,
            Instant since,
            String evidence) {
        this(service, environment, digest, status, commit, since, evidence, null);
    }

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

    /** This digest has degraded since. */
    public HealthRecord revoked(Instant at, String why) {
        return new HealthRecord(service, environment, digest, Status.DEGRADED, commit, at, why, status);
    }

    /** It is again what it was before it was revoked. */
    public HealthRecord restored(Instant at, String why) {
        return new HealthRecord(service, environment, digest, was, commit, at, why, null);
    }

    /** The form kept at {@link GitOpsPaths#health}. */
    public String text() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("status", word(status));
        values.put("commit", commit.value());
        values.put("since", since.toString());
        values.put("evidence", evidence);
        if (was != null) {
            values.put("was", word(was));
        }
        return FlatText.write(values);
    }

    private static String word(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static Status status(String word) {
        return Status.valueOf(word.toUpperCase(Locale.ROOT));
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
                    status(values.getOrDefault("status", "")),
                    new CommitId(values.getOrDefault("commit", "")),
                    Instant.parse(values.getOrDefault("since", "")),
                    values.getOrDefault("evidence", ""),
                    values.containsKey("was") ? status(values.get("was")) : null);
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            throw FailureException.input(
                    "this is no health record: " + e.getMessage(), where, "restore the file from Git");
        }
    }
}
