package io.imaas.adapter.mi.unittest;

import static io.imaas.adapter.mi.unittest.ProtocolServer.passed;
import static io.imaas.adapter.mi.unittest.ProtocolServer.reply;
import static io.imaas.adapter.mi.unittest.ProtocolServer.serialised;
import static io.imaas.adapter.mi.unittest.Suites.verdicts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.source.TestReport;
import io.imaas.model.source.TestReport.Suite;
import io.imaas.model.source.TestReport.Verdict;
import io.imaas.model.source.TestSelection;
import io.imaas.port.TestServer;
import io.imaas.port.UnitTests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class MisbehavingServerTest extends OneSuite {
    @Test
    void aGoodServerGivesAPass() {
        try (ProtocolServer server = ProtocolServer.wellBehaved()) {
            TestReport report = suites.run(server);
            assertThat(verdicts(report)).containsExactly("a=PASSED", "b=PASSED");
            assertThat(report.passed()).isTrue();
            assertThat(suites.log()).contains("One.xml: 2 of 2 passed");
        }
    }

    @Test
    void aConnectionDroppedOnceIsTriedAgain() {
        Suite suite = run((request, connection) -> {
            if (request.number() > 1) {
                reply(connection, passed(request));
            }
        });
        assertThat(suite.cases()).extracting(c -> c.verdict()).containsOnly(Verdict.PASSED);
        assertThat(suites.log()).contains("sent once more");
        // What a crashed suite leaves behind makes others pass or fail.
        assertThat(suite.problem()).contains("not trusted: restart ", "One.xml did not end on it");
        assertThat(new TestReport(List.of(suite)).passed()).isFalse();
    }

    @Test
    void bothReasonsOfASuiteThatWasTriedTwiceAreTold() {
        Suite suite = run((request, connection) -> {
            if (request.number() > 1) {
                reply(
                        connection,
                        "{\"deploymentStatus\":\"FAILED\",\"deploymentException\":\"Boom is there already\"}");
            }
        });
        assertThat(suite.problem()).contains("at the first try: ", "dropped the connection", "Boom is there already");
    }

    @Test
    void whatFollowsASuiteThatDidNotEndIsNotTrusted() {
        suites.suite("Two", "c");
        try (ProtocolServer server = new ProtocolServer((request, connection) -> {
            if (!request.xml().contains("name=\"a\"")) {
                reply(connection, passed(request));
            }
        })) {
            TestReport report = suites.run(server);
            assertThat(verdicts(report)).containsExactly("a=MISSING", "b=MISSING", "c=PASSED");
            assertThat(report.suites().get(0).problem()).contains("for the second time");
            assertThat(report.suites().get(1).problem()).contains("not trusted", "One.xml did not end on it");
        }
    }

    @Test
    void aConnectionDroppedTwiceLeavesEverythingMissing() {
        try (ProtocolServer server = new ProtocolServer((request, connection) -> {})) {
            allMissing(suites.run(server).suites().get(0), "dropped the connection");
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void aReplyCutInTheMiddleIsNoReply() {
        allMissing(
                run((request, connection) -> {
                    byte[] whole = serialised(passed(request));
                    connection.getOutputStream().write(whole, 0, whole.length - 5);
                }),
                "dropped the connection");
    }

    @Test
    void aResetConnectionIsADroppedOne() {
        allMissing(
                run((request, connection) -> {
                    connection.setSoLinger(true, 0);
                    connection.close();
                }),
                "dropped the connection");
    }

    @Test
    void theDroppedSuiteGoesToTheOtherServer() {
        try (ProtocolServer bad = new ProtocolServer((request, connection) -> {});
                ProtocolServer good = ProtocolServer.wellBehaved()) {
            for (int i = 0; i < 6; i++) {
                suites.suite("More" + i, "c" + i);
            }
            TestReport report = suites.run(bad, good);
            assertThat(report.passed()).isTrue();
            assertThat(bad.requests()).isNotEmpty();
            assertThat(good.requests()).hasSize(7);
        }
    }

    @Test
    void garbageIsNoReplyAndNotAskedForTwice() {
        try (ProtocolServer server = new ProtocolServer((request, connection) -> connection
                .getOutputStream()
                .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))) {
            allMissing(suites.run(server).suites().get(0), "is not a unit-test server");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void anObjectThatIsNoStringIsRefused() {
        allMissing(
                run((request, connection) ->
                        connection.getOutputStream().write(serialised(new java.util.HashMap<>(Map.of("a", "b"))))),
                "not a string but an object");
    }

    @Test
    void aHugeLengthIsRefused() {
        allMissing(
                run((request, connection) -> connection
                        .getOutputStream()
                        .write(new byte[] {(byte) 0xAC, (byte) 0xED, 0, 5, 0x7C, 0x7F, 1, 1, 1, 1, 1, 1, 1})),
                "bytes; 67108864 are allowed");
    }

    @Test
    void aSlowServerIsNotWaitedForBeyondTheTimeout() {
        suites.suite("Two", "c");
        CountDownLatch end = new CountDownLatch(1);
        try (ProtocolServer server = new ProtocolServer((request, connection) -> {
            if (request.number() == 1) {
                end.await();
            }
            reply(connection, passed(request));
        })) {
            TestReport report = suites.run(SHORT, server.address());
            assertThat(verdicts(report)).containsExactly("a=MISSING", "b=MISSING", "c=PASSED");
            assertThat(report.suites().get(0).problem())
                    .contains("no reply", "400 ms")
                    .doesNotContain("not trusted");
            assertThat(report.suites().get(1).problem()).contains("not trusted", "One.xml did not end on it");
        } finally {
            end.countDown();
        }
    }

    @Test
    void aServerThatDribblesIsNotWaitedForEither() {
        try (ProtocolServer server = new ProtocolServer((request, connection) -> {
            for (byte b : serialised(passed(request))) {
                connection.getOutputStream().write(b);
                connection.getOutputStream().flush();
                Thread.sleep(50);
            }
        })) {
            allMissing(suites.run(SHORT, server.address()).suites().get(0), "no reply");
        }
    }

    @Test
    void aServerThatReadsNothingBlocksNobody() throws IOException {
        suites = new Suites(folder.resolve("big")).with("big.txt", "x".repeat(8 << 20));
        suites.raw(
                "One",
                Suites.xml(
                        "",
                        "<registry-resources><registry-resource><file-name>big.txt</file-name><artifact>big.txt</artifact>"
                                + "<registry-path>/_system/governance</registry-path><media-type>text/plain</media-type>"
                                + "</registry-resource></registry-resources>",
                        "",
                        "a",
                        "b"));
        try (ServerSocket deaf = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = new InetSocketAddress(deaf.getInetAddress(), deaf.getLocalPort());
            allMissing(suites.run(SHORT, address).suites().get(0), "no reply");
        }
    }

    @Test
    void aServerThatNobodyCanReachIsTheOutsidesFault() throws IOException {
        InetSocketAddress nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = new InetSocketAddress(closed.getInetAddress(), closed.getLocalPort());
        }
        assertThatThrownBy(() -> suites.run(SHORT, nobody)).isInstanceOfSatisfying(FailureException.class, e -> {
            assertThat(e.failure().kind()).isEqualTo(FailureKind.EXTERNAL);
            assertThat(e.failure().what()).contains(":" + nobody.getPort());
        });
    }

    @Test
    void oneDeadServerOfTwoCostsNothing() throws IOException {
        InetSocketAddress nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = new InetSocketAddress(closed.getInetAddress(), closed.getLocalPort());
        }
        suites.suite("Two", "c");
        try (ProtocolServer good = ProtocolServer.wellBehaved()) {
            TestReport report = suites.run(Duration.ofSeconds(10), nobody, good.address());
            assertThat(report.passed()).isTrue();
            assertThat(suites.log()).contains("can't be reached");
        }
    }

    @Test
    void aServerThatDiesLeavesTheRestMissing() {
        suites.suite("Three", "d").suite("Two", "c");
        ProtocolServer[] dying = new ProtocolServer[1];
        dying[0] = new ProtocolServer((request, connection) -> {
            if (request.number() == 1) {
                reply(connection, passed(request));
            } else {
                dying[0].close();
            }
        });
        TestReport report = suites.run(Duration.ofSeconds(5), dying[0].address());
        assertThat(verdicts(report)).containsExactly("a=PASSED", "b=PASSED", "d=MISSING", "c=MISSING");
        assertThat(report.suites()).hasSize(3);
        assertThat(report.passed()).isFalse();
    }

    @Test
    void brokenSuitesAreThereAndTheOthersStillRun() {
        suites.raw("Broken", "<unit-test>")
                .raw("Empty", "<unit-test/>")
                .raw("Path", Suites.xml("<artifact>no</artifact>", "", "", "x"));
        try (ProtocolServer server = ProtocolServer.wellBehaved()) {
            TestReport report = suites.run(server);
            assertThat(report.suites())
                    .extracting(Suite::file)
                    .containsExactly(
                            Suites.file("Broken"), Suites.file("Empty"), Suites.file("One"), Suites.file("Path"));
            assertThat(report.suites().get(0).problem()).contains("Broken.xml:1:");
            assertThat(report.suites().get(1).problem()).contains("no test case");
            assertThat(verdicts(report)).containsExactly("a=PASSED", "b=PASSED", "x=MISSING");
            assertThat(report.passed()).isFalse();
        }
    }

    @Test
    void aBrokenListenerEndsTheRunAndNobodyWaitsForEver() {
        suites.suite("Two", "c");
        try (ProtocolServer one = ProtocolServer.wellBehaved();
                ProtocolServer two = ProtocolServer.wellBehaved()) {
            assertThatThrownBy(() -> new UnitTestRunner()
                            .run(
                                    suites.project(),
                                    new UnitTests.Order(
                                            List.of(TestServer.at(one.address()), TestServer.at(two.address())),
                                            TestSelection.ALL,
                                            SHORT),
                                    line -> {
                                        throw new IllegalStateException("disk full");
                                    }))
                    .isInstanceOfSatisfying(
                            FailureException.class,
                            e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.DEFECT));
        }
    }
}
