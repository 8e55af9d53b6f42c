package io.imaas.plan.step;

import io.imaas.model.source.LintLevels;
import io.imaas.model.tenancy.ServiceName;

/**
 * Holds the CAR against the sources it was made from.
 *
 * @param build the step that built it
 * @param lint what its findings mean
 */
public record VerifyArtifact(String id, ServiceName service, @StepId String build, LintLevels lint)
        implements PlannedStep {
    @Override
    public String title() {
        return "Check " + service;
    }

    @Override
    public boolean needsSources() {
        return true;
    }
}
