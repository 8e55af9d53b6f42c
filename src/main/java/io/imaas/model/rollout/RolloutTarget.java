package io.imaas.model.rollout;

import io.imaas.model.image.ImageRef;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/**
 * The one change whose rollout somebody waits for.
 *
 * <p>Tenant, service and environment are null where a rollout is named by project and application alone; then the GitOps
 * repository may be null too, and only the commit itself is accepted, no descendant.
 *
 * @param project the Argo CD project: one for each environment of a tenant
 * @param application the Argo CD application
 * @param commit the GitOps commit that must come live, or a descendant that still holds the digest
 * @param path the folder of the GitOps repository that the application reads
 * @param timeout how long to wait before the outcome is {@link RolloutOutcome.Verdict#TIMED_OUT}
 * @param startedAt since when somebody waits, so that a restarted process does not begin to count anew; null: since it is
 *     followed
 * @param rendered the commit with the manifests of {@code commit}, on the branch that the deployment server reads; null
 *     where it renders by itself
 */
public record RolloutTarget(
        TenantName tenant,
        ServiceName service,
        EnvironmentName environment,
        String project,
        String application,
        RepositoryUrl gitops,
        String path,
        CommitId commit,
        ImageRef image,
        Duration timeout,
        Instant startedAt,
        CommitId rendered)
        implements Serializable {
    /** Whoever comes back after the end of the time still gets one look at what became of it. */
    private static final Duration LOOK = Duration.ofSeconds(30);

    /** A service's rollout in an environment, where projects and applications are named as we name them. */
    public static RolloutTarget of(
            Tenant tenant,
            ServiceName service,
            EnvironmentName environment,
            CommitId commit,
            ImageRef image,
            Duration timeout) {
        return new RolloutTarget(
                tenant.name(),
                service,
                environment,
                tenant.namespace(environment),
                tenant.application(service, environment),
                tenant.gitops(),
                GitOpsPaths.folder(service),
                commit,
                image,
                timeout,
                null,
                null);
    }

    /** The same, waited for since a moment that outlives this process. */
    public RolloutTarget startedAt(Instant moment) {
        return with(moment, rendered);
    }

    /** The same where the deployment server gets manifests: it is they that are followed. */
    public RolloutTarget rendered(CommitId manifests) {
        return with(startedAt, manifests);
    }

    /** What is known of its digest since a moment. */
    public HealthRecord health(HealthRecord.Status status, Instant since, String evidence) {
        return new HealthRecord(service, environment, image.digest(), status, commit, since, evidence);
    }

    private RolloutTarget with(Instant began, CommitId manifests) {
        return new RolloutTarget(
                tenant,
                service,
                environment,
                project,
                application,
                gitops,
                path,
                commit,
                image,
                timeout,
                began,
                manifests);
    }

    /**
     * When the time allowed is over.
     *
     * @param startedAt as of a target
     * @param followed since when this process follows it
     */
    public static Instant deadline(Instant startedAt, Duration timeout, Instant followed) {
        Instant began = startedAt == null || startedAt.isAfter(followed) ? followed : startedAt;
        Instant look = followed.plus(timeout.compareTo(LOOK) < 0 ? timeout : LOOK);
        Instant end = began.plus(timeout);
        return end.isBefore(look) ? look : end;
    }
}
