package io.imaas.model.request;

import io.imaas.model.tenancy.EnvironmentName;

/**
 * A release that goes on by itself: through each later environment of its service's path, as soon as it is healthy in the
 * one before and the gates are open.
 *
 * @param first what brings it to its first environment: a delivery, a release or a promotion
 * @param to the last environment
 */
public record PathRequest(PlanRequest first, EnvironmentName to) implements PlanRequest {}
