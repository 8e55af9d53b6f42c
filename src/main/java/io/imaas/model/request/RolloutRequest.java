package io.imaas.model.request;

import io.imaas.model.image.ImageRef;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;

/**
 * Wait until what an environment should run is live and healthy, and record it.
 *
 * @param commit the GitOps commit to wait for; null: the one that brought the current release
 * @param image the image that must be live; null: what the commit says
 */
public record RolloutRequest(ServiceName service, EnvironmentName environment, CommitId commit, ImageRef image)
        implements PlanRequest {}
