package io.imaas.port;

import io.imaas.model.source.MiProject;
import io.imaas.model.source.TestReport;
import io.imaas.model.source.TestSelection;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Runs a project's unit-test suites. */
public interface UnitTests {
    /** @throws io.imaas.model.failure.FailureException EXTERNAL when no server can be reached */
    TestReport run(MiProject project, Order order, Consumer<String> log);

    /** What {@link #run} would send; no server is contacted. */
    List<Prepared> prepare(MiProject project, TestSelection selection);

    /**
     * How to run them.
     *
     * @param servers suites are spread over them
     * @param timeout for each suite
     */
    record Order(List<TestServer> servers, TestSelection selection, Duration timeout) {
        public Order {
            servers = List.copyOf(servers);
        }
    }

    /**
     * A suite as it would be sent.
     *
     * @param requestBytes size of the request, 0 when it can't be made
     * @param problem why it can't be made, or empty
     */
    record Prepared(String file, List<String> cases, int requestBytes, String problem) {
        public Prepared {
            cases = List.copyOf(cases);
        }
    }
}
