package io.imaas.plan.snapshot;

import io.imaas.model.rollout.Release;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import java.io.Serializable;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One change of what a service runs in an environment, or of its hold there.
 *
 * @param release what runs since then; null when the change concerned the hold alone
 * @param before what ran until then; null when nothing did, or nobody looked further back
 * @param override what is recorded of gates that were passed by force; null where none were, or nothing is recorded
 * @param trailers why, and through which gates; none where the commit is not the orchestrator's own
 */
public record AuditEntry(
        EnvironmentName environment,
        Instant at,
        String by,
        String subject,
        Release release,
        Release before,
        CommitId commit,
        Trailers trailers,
        ForcedChange override)
        implements Serializable {
    /** With the trailers of another commit of the same change after its own. */
    public AuditEntry with(Trailers more) {
        Trailers all = more.and(trailers);
        return new AuditEntry(environment, at, by, subject, release, before, commit, all, override);
    }

    /** With its record, by the path that its commit names. */
    public AuditEntry forced(Map<String, ForcedChange> recorded) {
        ForcedChange found = Stream.of(trailers.get(Trailers.OVERRIDE_RECORD).split(", "))
                .map(recorded::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return new AuditEntry(environment, at, by, subject, release, before, commit, trailers, found);
    }
}
