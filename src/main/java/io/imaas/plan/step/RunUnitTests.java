package io.imaas.plan.step;

import io.imaas.model.tenancy.Platform.NoTests;
import io.imaas.model.tenancy.ServiceName;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * Runs the MI project's unit-test suites.
 *
 * @param build the step that knows the project
 * @param noTests what it means when there are none
 * @param servers running MI unit-test servers; empty: those of the door
 * @param timeout for each suite
 */
public record RunUnitTests(
        String id,
        ServiceName service,
        @StepId String build,
        NoTests noTests,
        List<InetSocketAddress> servers,
        Duration timeout)
        implements PlannedStep {
    public RunUnitTests {
        servers = List.copyOf(servers);
    }

    @Override
    public String title() {
        return "Unit tests of " + service;
    }

    @Override
    public boolean needsSources() {
        return true;
    }
}
