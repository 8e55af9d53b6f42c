package io.imaas.adapter.mi.unittest;

import static io.imaas.adapter.mi.unittest.ProtocolServer.passed;
import static io.imaas.adapter.mi.unittest.ProtocolServer.reply;
import static io.imaas.adapter.mi.unittest.ProtocolServer.serialised;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.mi.unittest.ProtocolServer.Behaviour;
import io.imaas.model.source.TestReport;
import io.imaas.model.source.TestReport.Suite;
import io.imaas.model.source.TestReport.Verdict;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class SeveralServersTest {
    @TempDir
    private Path folder;

    @Test
    void suitesAreSpreadAndAServerGetsOneAtATime() {
        Suites suites = new Suites(folder);
        IntStream.range(0, 12).forEach(i -> suites.suite("S" + i, "case" + i));
        Behaviour slow = (suite, connection) -> {
            Thread.sleep(20);
            reply(connection, passed(suite));
        };
        try (ProtocolServer one = new ProtocolServer(slow);
                ProtocolServer two = new ProtocolServer(slow);
                ProtocolServer three = new ProtocolServer(slow)) {
            // Naming a server twice makes no two of it.
            TestReport report = suites.run(one, two, three, one);
            assertThat(report.passed()).isTrue();
            assertThat(report.suites()).extracting(Suite::file).isSorted().hasSize(12);
            for (ProtocolServer server : List.of(one, two, three)) {
                assertThat(server.mostAtOnce()).isEqualTo(1);
                assertThat(server.requests()).isNotEmpty();
            }
            assertThat(one.requests().size()
                            + two.requests().size()
                            + three.requests().size())
                    .isEqualTo(12);
        }
    }

    /** The real server stops all mock services between its reply and its hanging up. */
    @Test
    void theNextSuiteWaitsUntilTheServerIsReallyDone() {
        Suites suites = new Suites(folder).suite("One", "a").suite("Two", "b");
        try (ProtocolServer server = new ProtocolServer((suite, connection) -> {
            reply(connection, passed(suite));
            Thread.sleep(300);
        })) {
            assertThat(suites.run(server).passed()).isTrue();
            assertThat(server.mostAtOnce()).isEqualTo(1);
        }
    }

    @Test
    void aServerThatNeverHangsUpCostsALittleTimeAndNoResult() {
        Suites suites = new Suites(folder).suite("One", "a");
        try (ProtocolServer server = new ProtocolServer((suite, connection) -> {
            reply(connection, passed(suite));
            Thread.sleep(60_000);
        })) {
            assertThat(suites.run(server).passed()).isTrue();
        }
    }

    /** Whatever servers do: every suite and case is there, and nothing passes that no server passed. */
    @Test
    void noMisbehaviourLosesACaseOrMakesAPass() {
        int tries = Integer.getInteger("imaas.tries", 25);
        for (int seed = 0; seed < tries; seed++) {
            chaos(seed);
        }
    }

    private void chaos(int seed) {
        Random random = new Random(seed);
        Suites suites = new Suites(folder.resolve("chaos" + seed));
        List<String> names = new ArrayList<>();
        int count = 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            int cases = 1 + random.nextInt(3);
            String[] own = new String[cases];
            for (int j = 0; j < cases; j++) {
                own[j] = (random.nextInt(5) == 0 ? "fails" : "case") + i + "_" + j;
                names.add(own[j]);
            }
            suites.suite("S" + i, own);
        }
        Set<String> passedByAServer = ConcurrentHashMap.newKeySet();
        List<ProtocolServer> servers = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            servers.add(new ProtocolServer(chaotic(random.nextLong(), passedByAServer)));
        }
        try {
            TestReport report = suites.run(
                    Duration.ofMillis(1500),
                    servers.stream().map(ProtocolServer::address).toArray(InetSocketAddress[]::new));
            assertThat(report.suites()).as("seed %d", seed).hasSize(count);
            assertThat(report.suites().stream().flatMap(s -> s.cases().stream()).map(TestReport.Case::name))
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(names);
            report.suites().stream()
                    .flatMap(s -> s.cases().stream())
                    .filter(c -> c.verdict() == Verdict.PASSED)
                    .forEach(
                            c -> assertThat(passedByAServer).as("seed %d", seed).contains(c.name()));
        } finally {
            servers.forEach(ProtocolServer::close);
        }
    }

    private static Behaviour chaotic(long seed, Set<String> passedByAServer) {
        Random random = new Random(seed);
        return (suite, connection) -> {
            switch (random.nextInt(7)) {
                case 0 -> connection.close();
                case 1 -> {
                    byte[] whole = serialised(passed(suite));
                    connection.getOutputStream().write(whole, 0, random.nextInt(whole.length));
                }
                case 2 -> reply(connection, "{\"deploymentStatus\":\"FAILED\",\"testCases\":[]}");
                case 3 -> reply(connection, ProtocolServer.result(List.of()));
                case 4 -> connection.getOutputStream().write(serialised(List.of("{}")));
                default -> {
                    suite.cases().stream().filter(c -> !c.startsWith("fails")).forEach(passedByAServer::add);
                    reply(connection, passed(suite));
                }
            }
        };
    }
}
