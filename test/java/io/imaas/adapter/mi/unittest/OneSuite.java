package io.imaas.adapter.mi.unittest;

import static io.imaas.adapter.mi.unittest.ProtocolServer.reply;
import static io.imaas.adapter.mi.unittest.Suites.verdicts;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.mi.unittest.ProtocolServer.Behaviour;
import io.imaas.model.source.TestReport;
import io.imaas.model.source.TestReport.Suite;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A project with one suite of two cases, and a server that answers as it is told to. */
abstract class OneSuite {
    static final Duration SHORT = Duration.ofMillis(400);

    @TempDir
    Path folder;

    Suites suites;

    @BeforeEach
    void aProjectWithOneSuite() {
        suites = new Suites(folder).suite("One", "a", "b");
    }

    Suite run(Behaviour behaviour) {
        try (ProtocolServer server = new ProtocolServer(behaviour)) {
            TestReport report = suites.run(SHORT.multipliedBy(5), server.address());
            assertThat(report.suites()).hasSize(1);
            assertThat(report.suites().get(0).file()).isEqualTo(Suites.file("One"));
            return report.suites().get(0);
        }
    }

    Suite replied(String json) {
        return run((suite, connection) -> reply(connection, json));
    }

    static void allMissing(Suite suite, String reason) {
        assertThat(verdicts(new TestReport(List.of(suite)))).containsExactly("a=MISSING", "b=MISSING");
        assertThat(suite.problem()).contains(reason);
        assertThat(suite.cases()).allSatisfy(c -> assertThat(c.message()).contains(reason));
        assertThat(new TestReport(List.of(suite)).passed()).isFalse();
    }
}
