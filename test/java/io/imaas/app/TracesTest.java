package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.model.event.TraceParent;
import io.imaas.model.identity.Actor;
import io.imaas.model.request.PlanRequest.PromoteRequest;
import io.imaas.model.request.PlanRequest.RolloutRequest;
import io.imaas.model.rollout.Release;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.port.Tracing;
import io.imaas.run.RunResult;
import io.imaas.step.chart.Charts;
import io.imaas.testing.RecordedTracing;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One trace for one delivery: from what set it off, over the commit in Git, to the rollout. */
class TracesTest {
    private static final ServiceName API = new ServiceName("order-api");
    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final EnvironmentName TEST = new EnvironmentName("test");
    private static final TraceParent CAUSE = new TraceParent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

    @TempDir
    Path folder;

    private final RecordedTracing tracing = new RecordedTracing();

    private Map<String, String> trailers(World world) {
        return world.ports()
                .gitops(world.tenant())
                .history(TEST.branch(), "", 1)
                .get(0)
                .trailers();
    }

    private World world() {
        return new World(folder, Map.of("order-api", "repository: 'file://" + folder.resolve("sources.git") + "'"));
    }

    private Imaas traced(World world) {
        return Imaas.on(
                world.gitOnly()
                        .with(Charts.class, world.charts())
                        .with(Tracing.class, tracing)
                        .build(),
                world.catalog());
    }

    private static void releasedToDev(World world) {
        Release release = world.release("1.0.0", null);
        world.healthy("dev", release, world.released("dev", release));
    }

    private static PromoteRequest promotion() {
        return new PromoteRequest(List.of(API), DEV, TEST, null, "", false, "");
    }

    @Test
    void thePromotionsCommitNamesItsTraceAndTheRolloutGoesOnWithIt() {
        try (World world = world()) {
            Imaas imaas = traced(world);
            releasedToDev(world);
            IntendedPlan plan = imaas.plan(world.tenant(), promotion(), Actor.unverified("@ann"));
            RunResult result = imaas.traced(plan, Optional.of(CAUSE)).run(plan, event -> {});
            assertThat(result.failures()).isEmpty();

            List<RecordedTracing.Ended> spans = tracing.ended();
            RecordedTracing.Ended run = spans.get(spans.size() - 1);
            assertThat(run.name()).isEqualTo("promote orders");
            assertThat(run.parent()).contains(CAUSE);
            assertThat(spans.subList(0, spans.size() - 1)).isNotEmpty().allSatisfy(step -> assertThat(step.parent())
                    .contains(run.own()));
            assertThat(trailers(world)).containsEntry(Trailers.TRACE, run.own().value());

            // Whoever follows it, later and elsewhere, was told by a hook that knew nothing of the trace.
            IntendedPlan rollout =
                    imaas.plan(world.tenant(), new RolloutRequest(API, TEST, null, null), Actor.unverified("@ann"));
            imaas.traced(rollout, Optional.of(new TraceParent("00-" + "1".repeat(32) + "-" + "2".repeat(16) + "-01")))
                    .ended(result);
            assertThat(tracing.ended().get(spans.size()).parent()).contains(run.own());
        }
    }

    @Test
    void whatIsRefusedSaysWhyInItsSpan() {
        try (World world = world()) {
            Imaas imaas = Imaas.on(
                    world.gitOnly()
                            .with(Charts.class, world.charts())
                            .with(Tracing.class, tracing)
                            .build(),
                    world.catalog());
            world.released("dev", world.release("1.0.0", null));
            IntendedPlan plan = imaas.plan(world.tenant(), promotion(), Actor.unverified("@ann"));
            imaas.traced(plan, Optional.empty()).run(plan, event -> {});
            assertThat(tracing.ended()).singleElement().satisfies(span -> {
                assertThat(span.parent()).isEmpty();
                assertThat(span.failure()).contains("health");
            });
        }
    }

    @Test
    void whereNothingTracesTheCommitStillNamesTheTraceThatItIsPartOf() {
        try (World world = world()) {
            Imaas imaas =
                    Imaas.on(world.gitOnly().with(Charts.class, world.charts()).build(), world.catalog());
            releasedToDev(world);
            IntendedPlan plan = imaas.plan(world.tenant(), promotion(), Actor.unverified("@ann"));
            imaas.traced(plan, Optional.of(CAUSE)).run(plan, event -> {});
            assertThat(trailers(world)).containsEntry(Trailers.TRACE, CAUSE.value());
        }
    }

    @Test
    void aRunThatThrowsEndsItsSpanAndALookThatFindsNothingMakesNone() {
        try (World world = world()) {
            Imaas imaas = traced(world);
            releasedToDev(world);
            IntendedPlan plan = imaas.plan(world.tenant(), promotion(), Actor.unverified("@ann"));
            Imaas traced = imaas.traced(plan, Optional.empty());
            assertThatThrownBy(() -> traced.run(plan, event -> {
                        throw new IllegalStateException("the disk is full");
                    }))
                    .hasMessage("the disk is full");
            assertThat(tracing.ended()).singleElement().satisfies(span -> {
                assertThat(span.name()).isEqualTo("promote orders");
                assertThat(span.failure()).isEqualTo("the disk is full");
            });

            imaas.run(plan, event -> {});
            IntendedPlan again = imaas.plan(world.tenant(), promotion(), Actor.unverified("@ann"));
            imaas.traced(again, Optional.empty()).run(again, event -> {});
            assertThat(tracing.ended()).hasSize(1);
            imaas.traced(again, Optional.of(CAUSE)).run(again, event -> {});
            assertThat(tracing.ended())
                    .filteredOn(span -> span.parent().equals(Optional.of(CAUSE)))
                    .hasSize(1);
        }
    }
}
