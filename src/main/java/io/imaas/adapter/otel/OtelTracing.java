package io.imaas.adapter.otel;

import io.imaas.model.event.TraceParent;
import io.imaas.port.Tracing;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** {@link Tracing} by OpenTelemetry's SDK, with the variables that it defines ({@code OTEL_...}). */
public final class OtelTracing implements Tracing, AutoCloseable {
    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static final String TRACES = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
    /** How long an end waits for what was not sent yet. */
    private static final long PATIENCE_SECONDS = 5;

    private static final int FLAGS = 53;

    private final OpenTelemetrySdk sdk;
    private final Tracer tracer;

    private OtelTracing(OpenTelemetrySdk sdk) {
        this.sdk = sdk;
        this.tracer = sdk.getTracer("io.imaas");
    }

    /** Empty when these variables name nobody who takes traces. */
    public static Optional<OtelTracing> of(Map<String, String> environment) {
        if (!environment.containsKey(ENDPOINT) && !environment.containsKey(TRACES)) {
            return Optional.empty();
        }
        Map<String, String> settings = new HashMap<>(Map.of(
                "otel.service.name", "imaas-orchestrator",
                "otel.exporter.otlp.protocol", "http/protobuf",
                "otel.metrics.exporter", "none",
                "otel.logs.exporter", "none"));
        environment.forEach((name, value) -> {
            if (name.startsWith("OTEL_")) {
                settings.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        return Optional.of(new OtelTracing(AutoConfiguredOpenTelemetrySdk.builder()
                .addPropertiesSupplier(() -> settings)
                .disableShutdownHook()
                .build()
                .getOpenTelemetrySdk()));
    }

    @Override
    public Span begin(String name, Optional<TraceParent> parent, Instant at) {
        SpanBuilder builder = tracer.spanBuilder(name).setStartTimestamp(at);
        parent.map(OtelTracing::remote).ifPresentOrElse(builder::setParent, builder::setNoParent);
        return new Told(builder.startSpan());
    }

    private static Context remote(TraceParent parent) {
        TraceFlags flags = TraceFlags.fromHex(parent.value(), FLAGS);
        return Context.root()
                .with(io.opentelemetry.api.trace.Span.wrap(SpanContext.createFromRemoteParent(
                        parent.trace(), parent.span(), flags, TraceState.getDefault())));
    }

    private record Told(io.opentelemetry.api.trace.Span span) implements Span {
        @Override
        public Optional<TraceParent> context() {
            SpanContext own = span.getSpanContext();
            return TraceParent.find("00-" + own.getTraceId() + "-" + own.getSpanId() + "-"
                    + own.getTraceFlags().asHex());
        }

        @Override
        public void end(Instant at, Map<String, String> facts, String failure) {
            facts.forEach(span::setAttribute);
            if (!failure.isEmpty()) {
                span.setStatus(StatusCode.ERROR, failure);
            }
            span.end(at);
        }
    }

    /** Sends what was not sent yet. */
    @Override
    public void close() {
        sdk.shutdown().join(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
