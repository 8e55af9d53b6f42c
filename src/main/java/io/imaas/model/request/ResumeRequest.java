package io.imaas.model.request;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;

/**
 * Lift the hold that a rollback set.
 */
public record ResumeRequest(ServiceName service, EnvironmentName environment) implements PlanRequest {}
