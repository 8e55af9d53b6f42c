package io.imaas.server;

import io.imaas.app.hub.Hub;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What operators measure, named by Prometheus' conventions. */
final class Telemetry {
    static final String TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter deliveries = Counter.builder()
            .name("imaas_hook_deliveries_total")
            .help("Deliveries of web hooks, by sender and whether they were accepted or refused for their signature.")
            .labelNames("kind", "result")
            .register(registry);
    private final Histogram intake = Histogram.builder()
            .name("imaas_intake_seconds")
            .help("From a delivery's arrival until it is on the disk.")
            .classicOnly()
            .classicUpperBounds(.001, .0025, .005, .01, .025, .05, .1, .25, 1, 5)
            .register(registry);

    Telemetry(Hub hub) {
        gauge("imaas_events_waiting", "Deliveries that wait for the disk.", hub::waiting);
        gauge("imaas_events_last_position", "Position of the newest event.", hub::last);
    }

    private interface Measure {
        double now();
    }

    private void gauge(String name, String help, Measure measure) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(measure.now()))
                .register(registry);
    }

    void accepted(String kind, long nanos) {
        deliveries.labelValues(kind, "accepted").inc();
        intake.observe(nanos / 1e9);
    }

    void refused(String kind) {
        deliveries.labelValues(kind, "refused").inc();
    }

    /** All of it in Prometheus' text format. */
    String text() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.builder().build().write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
