package io.imaas.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.model.tenancy.TenantName;
import io.imaas.plan.step.RemoveJobs;
import io.imaas.run.Event;
import io.imaas.run.Outcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProgressSinkTest {
    @Test
    void whatEachEnvironmentFindsInTheClusterIsToldOnce() {
        StringWriter said = new StringWriter();
        ProgressSink sink = new ProgressSink(new PrintWriter(said), new Terminal(false, false), false, failure -> {});

        warn(sink, "dev", "PodMonitor");
        warn(sink, "test", "PodMonitor");
        warn(sink, "test", "Route");

        assertThat(said.toString()).containsOnlyOnce("PodMonitor").containsOnlyOnce("Route");
        assertThat(said.toString().lines().filter(line -> line.contains("ok "))).hasSize(3);
    }

    @Test
    void stepsThatAreSkippedForTheSameReasonTakeOneLine() {
        StringWriter said = new StringWriter();
        ProgressSink sink = new ProgressSink(new PrintWriter(said), new Terminal(false, false), false, failure -> {});

        Stream.of("a", "b", "c").forEach(step -> skip(sink, step, "no server is named"));
        skip(sink, "d", "it has no tests");
        sink.accept(new Event.RunEnded(Instant.EPOCH, null, null));

        assertThat(said.toString().lines())
                .containsExactly(
                        "  skip Delete the jobs of orders and 2 more: no server is named",
                        "  skip Delete the jobs of orders: it has no tests");
    }

    private static void skip(ProgressSink sink, String step, String reason) {
        sink.accept(new Event.StepEnded(
                Instant.EPOCH,
                new RemoveJobs(step, new TenantName("orders"), null),
                Outcome.skipped(reason),
                Duration.ZERO));
    }

    private static void warn(ProgressSink sink, String step, String... kinds) {
        List<Problem> warnings = Stream.of(kinds)
                .map(kind -> Problem.warning(
                        "missing-kind", Location.of(kind), "the cluster does not know it", "install its definitions"))
                .toList();
        sink.accept(new Event.StepEnded(
                Instant.EPOCH,
                new RemoveJobs(step, new TenantName("orders"), null),
                new Outcome.Succeeded(null, List.of(), warnings),
                Duration.ZERO));
    }
}
