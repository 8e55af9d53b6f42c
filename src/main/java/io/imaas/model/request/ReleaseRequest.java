package io.imaas.model.request;

import io.imaas.model.image.ImageRef;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;

/**
 * Release a known image to an environment.
 *
 * @param version for people; empty: what the image's label says, where a registry is asked
 * @param source the commit it was built from, or null
 * @param build for the audit log: which build, as the door names it
 */
public record ReleaseRequest(
        ServiceName service, EnvironmentName environment, ImageRef image, String version, CommitId source, String build)
        implements PlanRequest {}
