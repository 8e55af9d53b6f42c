package io.imaas.plan;

import io.imaas.model.ServiceName;

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
