package io.imaas.model.request;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;

/**
 * Put an earlier release back and hold it.
 *
 * @param release digest or version; empty: the newest one that differs from what runs
 */
public record RollbackRequest(ServiceName service, EnvironmentName environment, String release, String reason)
        implements PlanRequest {}
