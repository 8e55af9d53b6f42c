package io.imaas.server;

import io.imaas.app.access.Visitor;
import io.imaas.app.hub.Hub;
import io.imaas.app.view.Faults;
import io.imaas.model.event.CloudEvent.StoredEvent;
import io.imaas.port.Measures;
import io.imaas.report.InboxItem;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;

/** What operators measure, named by Prometheus' conventions. */
public final class Telemetry implements Measures {
    static final String TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private static final int GROUP = 1_000;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter deliveries = Counter.builder()
            .name("imaas_hook_deliveries_total")
            .help(
                    "Deliveries of web hooks, by sender: accepted, refused for their signature, or failed since they could not be kept.")
            .labelNames("kind", "result")
            .register(registry);
    private final Histogram intake = Histogram.builder()
            .name("imaas_intake_seconds")
            .help("From a delivery's arrival until it is on the disk.")
            .classicOnly()
            .classicUpperBounds(.001, .0025, .005, .01, .025, .05, .1, .25, 1, 5)
            .register(registry);

    private final Counter events = Counter.builder()
            .name("imaas_events_total")
            .help(
                    "Events of the whole log since this server's start, by topic; servers that share a log count the same ones.")
            .labelNames("type")
            .register(registry);
    private final Histogram reconciling = Histogram.builder()
            .name("imaas_reconcile_seconds")
            .help("How long each turn of a reaction took, by kind; it waits without one.")
            .labelNames("kind")
            .classicOnly()
            .classicUpperBounds(.05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300)
            .register(registry);
    private final Histogram locking = Histogram.builder()
            .name("imaas_lock_wait_seconds")
            .help("How long an onboarding waited for others who change the platform.")
            .classicOnly()
            .classicUpperBounds(.1, 1, 5, 10, 30, 60, 300, 600)
            .register(registry);
    private final Counter gates = Counter.builder()
            .name("imaas_gate_answers_total")
            .help("Answers of gates when plans were made, shown ones too: open or closed.")
            .labelNames("gate", "answer")
            .register(registry);
    private final Gauge calls = Gauge.builder()
            .name("imaas_forge_calls_left")
            .help(
                    "Calls that a Git server's API says it still takes in its current period; servers that say nothing are left out.")
            .labelNames("host")
            .register(registry);
    private Hub hub;
    private long counted;

    /** From now on it tells of this, too. */
    void watch(Served served) {
        this.hub = served.hub();
        this.counted = hub.last();
        gauge("imaas_events_waiting", "Deliveries that wait for the disk.", hub::waiting);
        gauge(
                "imaas_log_up",
                "1 when events can be kept; 0 since one could not, as on a full disk or without a broker.",
                () -> hub.outage().isPresent() ? 0 : 1);
        gauge("imaas_events_last_position", "Position of the newest event.", hub::last);
        gauge("imaas_tenants", "Tenants of the platform.", () -> served.views()
                .all()
                .size());
        gauge(
                "imaas_tenants_unread",
                "Tenants that could not be read now, or were not read yet.",
                () -> served.views().all().stream()
                        .filter(view -> !view.isRead() || view.failure() != null)
                        .count());
        GaugeWithCallback.builder()
                .name("imaas_platform_faults")
                .help(
                        "Faults of the platform's files: tenants that are served as before or left out for errors in theirs,"
                                + " and 1 when the whole could not be read.")
                .labelNames("what")
                .callback(callback -> {
                    Faults faults = served.views().faults();
                    callback.call((double) faults.count(true), "kept");
                    callback.call((double) faults.count(false), "left-out");
                    callback.call(faults.platform().isPresent() ? 1 : 0, "all");
                })
                .register(registry);
        GaugeWithCallback.builder()
                .name("imaas_inbox_items")
                .help("What waits for somebody, by kind: failing, unreadable, approval, action, ready, held, time.")
                .labelNames("kind")
                .callback(callback -> {
                    Map<InboxItem.Kind, Long> counts = served.waiting(Visitor.atTheMachine()).stream()
                            .collect(Collectors.groupingBy(InboxItem::kind, Collectors.counting()));
                    for (InboxItem.Kind kind : InboxItem.Kind.values()) {
                        callback.call(counts.getOrDefault(kind, 0L), kind.name().toLowerCase(Locale.ROOT));
                    }
                })
                .register(registry);
    }

    private void gauge(String name, String help, DoubleSupplier measure) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(measure.getAsDouble()))
                .register(registry);
    }

    @Override
    public void reconciled(String kind, Duration took) {
        reconciling.labelValues(kind).observe(took.toNanos() / 1e9);
    }

    @Override
    public void lockWaited(Duration time) {
        locking.observe(time.toNanos() / 1e9);
    }

    @Override
    public void gateAsked(String gate, boolean open) {
        gates.labelValues(gate, open ? "open" : "closed").inc();
    }

    @Override
    public void callsLeft(String host, long left) {
        calls.labelValues(host).set((double) left);
    }

    void accepted(String kind, long nanos) {
        deliveries.labelValues(kind, "accepted").inc();
        intake.observe(nanos / 1e9);
    }

    void failed(String kind) {
        deliveries.labelValues(kind, "failed").inc();
    }

    void refused(String kind) {
        deliveries.labelValues(kind, "refused").inc();
    }

    private synchronized void count() {
        for (List<StoredEvent> fresh = hub.after(counted, GROUP); !fresh.isEmpty(); fresh = hub.after(counted, GROUP)) {
            fresh.forEach(stored -> events.labelValues(stored.event().type()).inc());
            counted = fresh.get(fresh.size() - 1).position();
        }
    }

    /** All of it in Prometheus' text format. */
    String text() {
        count();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.builder().build().write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
