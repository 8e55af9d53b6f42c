package io.imaas.plan.step;

import io.imaas.model.tenancy.ServiceName;

/**
 * Holds the CAR against the sources it was made from.
 *
 * @param build the step that built it
 */
public record VerifyArtifact(String id, ServiceName service, String build) implements PlannedStep {
    @Override
    public String title() {
        return "Check " + service;
    }

    @Override
    public boolean needsSources() {
        return true;
    }
}
