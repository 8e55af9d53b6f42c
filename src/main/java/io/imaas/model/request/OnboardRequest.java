package io.imaas.model.request;

/**
 * Make what the tenant needs, and take away what has a tombstone.
 */
public record OnboardRequest() implements PlanRequest {}
