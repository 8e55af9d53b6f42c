package io.imaas.model.rollout;

import io.imaas.model.failure.FailureException;
import io.imaas.model.image.Digest;
import io.imaas.model.record.Statement;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import java.io.Serializable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a rollout found out about a digest in an environment: what the order gate reads.
 *
 * @param commit the GitOps commit whose rollout this is
 * @param since when it became so
 * @param evidence one line: who observed it and how
 * @param was what it was before it degraded long after its rollout, which it becomes again when it recovers; null
 *     otherwise: what a rollout found bad, only another rollout finds good
 * @param manifests the hash of the manifests that were live; null where the deployment server renders, and in records of
 *     before they had one
 */
public record HealthRecord(
        ServiceName service,
        EnvironmentName environment,
        Digest digest,
        Status status,
        CommitId commit,
        Instant since,
        String evidence,
        Status was,
        String manifests)
        implements Serializable {
    /** The kind of its statement. */
    public static final String TYPE = "urn:imaas:record:health:v1";

    /** What a rollout found out. */
    public HealthRecord(
            ServiceName service,
            EnvironmentName environment,
            Digest digest,
            Status status,
            CommitId commit,
            Instant since,
            String evidence) {
        this(service, environment, digest, status, commit, since, evidence, null, null);
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
        return new HealthRecord(service, environment, digest, Status.DEGRADED, commit, at, why, status, manifests);
    }

    /** It is again what it was before it was revoked. */
    public HealthRecord restored(Instant at, String why) {
        return new HealthRecord(service, environment, digest, was, commit, at, why, null, manifests);
    }

    /** What is signed and kept at {@link GitOpsPaths#health}. */
    public Statement statement(TenantName tenant) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("tenant", tenant.value());
        said.put("service", service.value());
        said.put("environment", environment.value());
        said.put("status", word(status));
        said.put("commit", commit.value());
        said.put(Statement.AT, since.toString());
        said.put("evidence", evidence);
        if (was != null) {
            said.put("was", word(was));
        }
        if (manifests != null) {
            said.put("manifests", manifests);
        }
        return new Statement(TYPE, tenant + "/" + service + "/" + environment, digest.hex(), said);
    }

    private static String word(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static Status status(String word) {
        return Stream.of(Status.values())
                .filter(status -> word(status).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no status " + word));
    }

    /**
     * Reads {@link #statement}.
     *
     * @throws FailureException INPUT when it is not a statement about health
     */
    public static HealthRecord of(Statement statement) {
        try {
            return new HealthRecord(
                    new ServiceName(statement.text("service")),
                    new EnvironmentName(statement.text("environment")),
                    new Digest("sha256:" + statement.sha256()),
                    status(statement.text("status")),
                    new CommitId(statement.text("commit")),
                    statement.at(),
                    statement.text("evidence"),
                    statement.said().containsKey("was") ? status(statement.text("was")) : null,
                    statement.said().containsKey("manifests") ? statement.text("manifests") : null);
        } catch (IllegalArgumentException e) {
            throw FailureException.input("this is not a health record: " + e.getMessage(), "", "");
        }
    }
}
