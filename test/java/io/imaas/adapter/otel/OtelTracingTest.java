package io.imaas.adapter.otel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpServer;
import io.imaas.model.event.TraceParent;
import io.imaas.port.Tracing;
import io.imaas.testing.Loopback;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OtelTracingTest {
    private static final Instant BEGUN = Instant.parse("2026-11-20T10:00:00Z");
    private static final TraceParent CAUSE = new TraceParent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

    /** A span as the collector got it: the numbers are those of opentelemetry-proto's trace.proto. */
    private record Got(UnknownFieldSet fields) {
        String hex(int field) {
            List<ByteString> bytes = fields.getField(field).getLengthDelimitedList();
            return bytes.isEmpty() ? "" : HexFormat.of().formatHex(bytes.get(0).toByteArray());
        }

        String name() {
            return fields.getField(5).getLengthDelimitedList().get(0).toStringUtf8();
        }

        long nanos(int field) {
            return fields.getField(field).getFixed64List().get(0);
        }

        String status() {
            return fields.hasField(15)
                    ? parts(fields, 15).findFirst().orElseThrow().toString()
                    : "";
        }
    }

    private static Stream<UnknownFieldSet> parts(UnknownFieldSet whole, int field) {
        return whole.getField(field).getLengthDelimitedList().stream().map(OtelTracingTest::parsed);
    }

    private static UnknownFieldSet parsed(ByteString bytes) {
        try {
            return UnknownFieldSet.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static Stream<Got> spans(byte[] request) {
        return parts(parsed(ByteString.copyFrom(request)), 1)
                .flatMap(resource -> parts(resource, 2))
                .flatMap(scope -> parts(scope, 2))
                .map(Got::new);
    }

    @Test
    void spansComeToTheCollectorWithTheirTraceTheirParentAndTheirTimes() throws IOException {
        List<Got> got = new CopyOnWriteArrayList<>();
        List<String> paths = new CopyOnWriteArrayList<>();
        String run;
        HttpServer collector = Loopback.http();
        collector.createContext("/", exchange -> {
            paths.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("x-team"));
            spans(exchange.getRequestBody().readAllBytes()).forEach(got::add);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        String endpoint = "http://127.0.0.1:" + collector.getAddress().getPort();
        try {
            try (OtelTracing tracing = OtelTracing.of(Map.of(
                            "OTEL_EXPORTER_OTLP_ENDPOINT", endpoint, "OTEL_EXPORTER_OTLP_HEADERS", "x-team=orders"))
                    .orElseThrow()) {
                Tracing.Span whole = tracing.begin("promote orders", Optional.of(CAUSE), BEGUN);
                run = whole.context().orElseThrow().span();
                tracing.begin("Release to test", whole.context(), BEGUN)
                        .end(BEGUN.plusSeconds(2), Map.of("imaas.step", "release"), "the branch is protected");
                whole.end(BEGUN.plusSeconds(3), Map.of(), "");
            }
        } finally {
            collector.stop(0);
        }
        assertThat(paths).containsOnly("POST /v1/traces orders");
        assertThat(got).extracting(Got::name).containsExactlyInAnyOrder("Release to test", "promote orders");
        assertThat(got).allSatisfy(span -> assertThat(span.hex(1)).isEqualTo(CAUSE.trace()));
        for (Got span : got) {
            boolean step = span.name().equals("Release to test");
            assertThat(span.hex(4)).isEqualTo(step ? run : CAUSE.span());
            assertThat(span.nanos(7)).isEqualTo(BEGUN.toEpochMilli() * 1_000_000);
            assertThat(span.nanos(8) - span.nanos(7)).isEqualTo((step ? 2L : 3L) * 1_000_000_000);
            assertThat(span.status().contains("the branch is protected")).isEqualTo(step);
        }
    }

    @Test
    void nobodyIsToldWhereNobodyIsNamed() {
        assertThat(OtelTracing.of(Map.of("OTEL_SERVICE_NAME", "imaas"))).isEmpty();
        assertThat(Tracing.NONE.begin("run", Optional.of(CAUSE), BEGUN).context())
                .contains(CAUSE);
    }

    @Test
    void onlyAPlaceInATraceIsOne() {
        for (String other : List.of(
                "",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\nImaas-Actor: @eve")) {
            assertThat(TraceParent.find(other)).isEmpty();
        }
        assertThat(TraceParent.find(null)).isEmpty();
    }
}
