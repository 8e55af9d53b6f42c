package io.imaas.adapter.mi.unittest;

import static io.imaas.adapter.mi.unittest.ProtocolServer.passed;
import static io.imaas.adapter.mi.unittest.ProtocolServer.reply;
import static io.imaas.adapter.mi.unittest.Suites.verdicts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.adapter.mi.unittest.ProtocolServer.Behaviour;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.TestReport;
import io.imaas.model.source.TestSelection;
import io.imaas.port.TestServer;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that were started for the run begin anew after a suite that did not end; others can't, and are not trusted. */
@Timeout(180)
class OwnServersTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    /**
     * A server with the real one's memory: what a suite deployed stays when it does not end. Case {@code kills} ends the
     * server, {@code crashes} hangs up, {@code hangs} never answers, {@code slow} answers after 1.5 s, and {@code needs}
     * passes only on what another suite left.
     */
    private static final class Remembering implements TestServer {
        private final boolean ours;
        private final Set<String> deployed = ConcurrentHashMap.newKeySet();
        private volatile ProtocolServer server;
        private int starts;

        Remembering(boolean ours) {
            this.ours = ours;
            start();
        }

        private void start() {
            starts++;
            deployed.clear();
            Behaviour behaviour = (suite, connection) -> {
                // Before the end of the server: with that, another one may begin.
                deployed.addAll(suite.cases());
                if (suite.cases().contains("kills")) {
                    server.close();
                }
                if (suite.cases().contains("crashes") || suite.cases().contains("kills")) {
                    return;
                }
                if (suite.cases().contains("hangs")) {
                    Thread.sleep(20_000);
                }
                if (suite.cases().contains("slow")) {
                    Thread.sleep(1_500);
                }
                boolean leftovers =
                        deployed.stream().anyMatch(name -> !suite.cases().contains(name));
                String json = passed(suite);
                deployed.removeAll(suite.cases());
                reply(
                        connection,
                        suite.cases().contains("needs") && !leftovers
                                ? json.replace("\"assertionStatus\":\"PASSED\"", "\"assertionStatus\":\"FAILED\"")
                                : json);
            };
            server = new ProtocolServer(behaviour);
        }

        @Override
        public InetSocketAddress address() {
            return server.address();
        }

        @Override
        public boolean restart() {
            if (ours) {
                server.close();
                start();
            }
            return ours;
        }

        @Override
        public void close() {
            server.close();
        }
    }

    private TestReport run(Remembering server, String first) {
        try (server) {
            return new Suites(folder.resolve(first))
                    .suite("A", first)
                    .suite("B", "needs")
                    .suite("C", "plain")
                    .run(TestSelection.ALL, SECOND, server);
        }
    }

    @Test
    void aCrashLeavesNothingForTheNextSuite() {
        Remembering server = new Remembering(true);
        TestReport report = run(server, "crashes");
        assertThat(verdicts(report)).containsExactly("crashes=MISSING", "needs=FAILED", "plain=PASSED");
        assertThat(report.suites().get(0).problem()).contains("at the first try: ", "dropped the connection");
        assertThat(report.suites().get(2).problem()).isEmpty();
        assertThat(server.starts).isEqualTo(3);
    }

    @Test
    void aTimeoutLeavesNothingForTheNextSuite() {
        Remembering server = new Remembering(true);
        TestReport report = run(server, "hangs");
        assertThat(verdicts(report)).containsExactly("hangs=MISSING", "needs=FAILED", "plain=PASSED");
        assertThat(report.suites().get(0).problem()).contains("no reply");
        assertThat(server.starts).isEqualTo(2);
    }

    @Test
    void aSuiteThatEndsTheServerStopsNoOther() {
        TestReport report = run(new Remembering(true), "kills");
        assertThat(verdicts(report)).containsExactly("kills=MISSING", "needs=FAILED", "plain=PASSED");
    }

    @Test
    void aSuiteThatEndedTheOnlyServerIsToldAsTheOneThatDidIt() {
        TestReport report = run(new Remembering(false), "kills");
        assertThat(report.passed()).isFalse();
        assertThat(report.suites().get(0).problem())
                .contains("at the first try: ", "dropped the connection", "no server was left");
        assertThat(report.suites().get(2).problem()).startsWith("no server was left to run it: ");
    }

    /** A reply that comes too late is none, but the server is done with the suite, so what follows can be trusted. */
    @Test
    void aServerOfOthersIsWaitedForUntilItIsFree() {
        try (ProtocolServer server = new ProtocolServer((suite, connection) -> {
            Thread.sleep(suite.cases().contains("slow") ? 700 : 0);
            reply(connection, passed(suite));
        })) {
            TestReport report = new Suites(folder)
                    .suite("A", "slow")
                    .suite("B", "plain")
                    .run(Duration.ofMillis(500), server.address());
            assertThat(verdicts(report)).containsExactly("slow=MISSING", "plain=PASSED");
            assertThat(report.suites().get(0).problem()).contains("within 500 ms", "came too late");
            assertThat(report.suites().get(1).problem()).isEmpty();
        }
    }

    @Test
    void onlyTheCasesThatAreWantedAreSent() {
        Suites suites = new Suites(folder)
                .suite("One", "a", "b", "ab")
                .suite("Two", "b")
                .suite("Three", "c");
        try (ProtocolServer server = ProtocolServer.wellBehaved()) {
            TestServer given = TestServer.at(server.address());
            TestReport some = suites.run(new TestSelection(List.of(), List.of("a*")), SECOND, given);
            assertThat(verdicts(some)).containsExactly("a=PASSED", "ab=PASSED");
            assertThat(server.requests()).singleElement().satisfies(xml -> assertThat(xml)
                    .contains("name=\"a\"", "name=\"ab\"")
                    .doesNotContain("name=\"b\""));
            TestReport two = suites.run(new TestSelection(List.of("T*", "nothing"), List.of()), SECOND, given);
            assertThat(verdicts(two)).containsExactly("c=PASSED", "b=PASSED");
        }
    }

    /** It may hold the case that is wanted. */
    @Test
    void aSuiteThatCannotBeReadIsNotLeftOutSilently() {
        Suites suites = new Suites(folder).suite("One", "a").raw("Broken", "<unit-test><artifacts>");
        try (ProtocolServer server = ProtocolServer.wellBehaved()) {
            TestReport report =
                    suites.run(new TestSelection(List.of(), List.of("a")), SECOND, TestServer.at(server.address()));
            assertThat(report.suites()).hasSize(2);
            assertThat(report.passed()).isFalse();
        }
    }

    @Test
    void aServerThatDoesNotStartAgainIsGivenUpWithItsReason() {
        ProtocolServer first = new ProtocolServer((suite, connection) -> {});
        TestServer broken = new TestServer() {
            @Override
            public InetSocketAddress address() {
                return first.address();
            }

            @Override
            public boolean restart() {
                throw FailureException.external("no memory", "", "", (Throwable) null);
            }

            @Override
            public void close() {
                first.close();
            }
        };
        try (broken) {
            TestReport report =
                    new Suites(folder).suite("A", "a").suite("B", "b").run(TestSelection.ALL, SECOND, broken);
            assertThat(verdicts(report)).containsExactly("a=MISSING", "b=MISSING");
            assertThat(report.suites().get(0).problem()).contains("dropped the connection", "no memory");
            assertThat(report.suites().get(1).problem()).contains("does not start again", "no memory");
        }
    }

    @Test
    void aServerThatWasNeverThereIsNoTestFailure() {
        Remembering gone = new Remembering(true);
        gone.close();
        assertThatThrownBy(() -> new Suites(folder).suite("A", "a").run(TestSelection.ALL, SECOND, gone))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("no unit-test server can be reached");
    }
}
