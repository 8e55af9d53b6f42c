package io.imaas.model;

import java.io.Serializable;
import java.time.Duration;

/**
 * The one change whose rollout somebody waits for.
 *
 * <p>Tenant, service and environment are null where a rollout is named by project and application alone; then the GitOps
 * repository may be null too, and only the commit itself is accepted, no descendant.
 *
 * @param project the Argo CD project; the tenant's isolation there
 * @param application the Argo CD application
 * @param commit the GitOps commit that must come live, or a descendant that still holds the digest
 * @param path the folder of the GitOps repository that the application reads
 * @param timeout how long to wait before the outcome is {@link RolloutOutcome.Verdict#TIMED_OUT}
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
        Duration timeout)
        implements Serializable {}
