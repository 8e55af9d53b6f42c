package io.imaas.plan.step;

import io.imaas.model.tenancy.ServiceName;

/**
 * Makes the CAR of a service's MI project.
 *
 * @param path the project's folder within the checkout, {@code ""} for its root
 * @param builder {@code auto}, {@code native} or {@code maven}
 * @param projectWrapper whether the project's own {@code mvnw} may run
 */
public record BuildArtifact(String id, ServiceName service, String path, String builder, boolean projectWrapper)
        implements PlannedStep {
    @Override
    public String title() {
        return "Build " + service;
    }

    @Override
    public boolean needsSources() {
        return true;
    }
}
