package io.imaas.plan;

import io.imaas.model.Platform.NoTests;
import io.imaas.model.ServiceName;

/**
 * Runs the MI project's unit-test suites.
 *
 * @param build the step that knows the project
 * @param noTests what it means when there are none
 */
public record RunUnitTests(String id, ServiceName service, String build, NoTests noTests) implements PlannedStep {
    @Override
    public String title() {
        return "Unit tests of " + service;
    }
}
