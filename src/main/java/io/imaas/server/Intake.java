package io.imaas.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.app.hub.Hub;
import io.imaas.model.event.CloudEvent;
import io.imaas.model.event.TraceParent;
import io.imaas.port.Clock;
import io.imaas.port.Tracing;
import io.imaas.report.Json;
import io.imaas.server.Problems.HttpProblem;
import io.imaas.server.hook.Delivery;
import io.imaas.server.hook.Hook;
import io.imaas.server.hook.Hooks;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.plugin.bundled.RateLimitPlugin;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Takes the deliveries of web hooks. 202 is said only when what they tell would survive a loss of power. */
record Intake(Hub hub, ServerSettings settings, Clock clock, Telemetry telemetry, Tracing tracing) {
    /** What one delivery may have. */
    static final int MAX_BYTES = 4 << 20;
    /** What is read of a delivery that is too large, so that its sender hears the answer; GitHub's own limit is 25 MB. */
    private static final int DRAINED = 32 << 20;

    private static final Pattern JSON = Pattern.compile("\\s*application/(json|[A-Za-z0-9.]+\\+json)\\s*(;.*)?");

    /** What the sender gets: the id of the first event, and of all when there are several. */
    private record Accepted(String id, List<String> ids, String note) {}

    void take(Context ctx) {
        long begun = System.nanoTime();
        String kind = ctx.pathParam("kind");
        Hook hook = Hooks.find(kind)
                .orElseThrow(() -> new HttpProblem(
                        404,
                        "there is no hook '" + kind + "'",
                        "known: " + Hooks.all().keySet()));
        requireModest(ctx);
        Instant at = clock.now();
        Delivery delivery = authentic(kind, hook, ctx);
        Tracing.Span span = tracing.begin("hook " + kind, TraceParent.find(ctx.header(TraceParent.NAME)), at);
        CompletableFuture<List<CloudEvent>> kept = keep(kind, hook, delivery, span.context())
                .whenComplete((events, failure) -> {
                    span.end(clock.now(), Map.of(), failure == null ? "" : String.valueOf(failure.getMessage()));
                    if (failure != null) {
                        telemetry.failed(kind);
                    }
                });
        ctx.future(() -> kept.thenAccept(events -> {
            ctx.status(202).contentType("application/json").result(Json.pretty(accepted(events)));
            telemetry.accepted(kind, System.nanoTime() - begun);
        }));
    }

    private void requireModest(Context ctx) {
        try {
            ctx.with(RateLimitPlugin.class).requestPerTimeUnit(settings.rate(), TimeUnit.SECONDS);
        } catch (HttpResponseException e) {
            ctx.header("Retry-After", "1");
            throw new HttpProblem(
                    429, "more than " + settings.rate() + " deliveries a second", "send it again, or raise --rate");
        }
    }

    /** Keeps what an authentic delivery tells, as part of a trace if there is one. */
    CompletableFuture<List<CloudEvent>> keep(String kind, Hook hook, Delivery delivery, Optional<TraceParent> trace) {
        JsonNode body = json(delivery.body());
        Instant now = clock.now();
        List<Hook.Fact> facts = hook.reading().apply(delivery, body);
        String id = kind + "-" + hook.name().apply(delivery, body);
        List<CloudEvent> events = new ArrayList<>();
        for (Hook.Fact fact : facts) {
            String own = facts.size() == 1 ? id : id + "-" + events.size();
            Map<String, String> data = new TreeMap<>(fact.data());
            trace.ifPresent(place -> data.put(TraceParent.NAME, place.value()));
            events.add(new CloudEvent(own, "/hooks/" + kind, fact.type(), fact.subject(), now, "", data));
        }
        return hub.take(events);
    }

    private Delivery authentic(String kind, Hook hook, Context ctx) {
        requireJson(ctx.contentType());
        Delivery delivery = new Delivery(ctx::header, body(ctx));
        if (!hook.proof().test(delivery, settings.secret())) {
            telemetry.refused(kind);
            throw new HttpProblem(
                    401, "the delivery is not signed with this server's secret", "configure " + hook.configuration());
        }
        return delivery;
    }

    static void requireJson(String contentType) {
        if (contentType == null || !JSON.matcher(contentType).matches()) {
            String type = contentType == null
                    ? ""
                    : contentType.replaceFirst(";.*", "").strip();
            throw new HttpProblem(415, "'" + type + "' is not JSON", "set the hook's content type to application/json");
        }
    }

    private static byte[] body(Context ctx) {
        try (InputStream in = ctx.req().getInputStream()) {
            byte[] body = in.readNBytes(MAX_BYTES + 1);
            if (body.length > MAX_BYTES) {
                long unused = in.skip(DRAINED - body.length);
                throw new HttpProblem(
                        413, "the delivery has more than " + MAX_BYTES + " bytes", "what it told is found in Git");
            }
            return body;
        } catch (IOException e) {
            throw new HttpProblem(400, "the delivery ended before its end, or came too slowly", "send it again");
        }
    }

    static JsonNode json(byte[] body) {
        try {
            JsonNode json = Json.tree(body);
            if (!json.isObject()) {
                throw new HttpProblem(400, "the body is not a JSON object", "send the event as its server makes it");
            }
            return json;
        } catch (IOException e) {
            throw new HttpProblem(400, "the body is not JSON: it breaks off or is malformed", "send it again");
        }
    }

    private static Accepted accepted(List<CloudEvent> events) {
        boolean concerns = events.stream().anyMatch(event -> !event.tenant().isEmpty());
        return new Accepted(
                events.get(0).id(),
                events.stream().map(CloudEvent::id).toList(),
                concerns
                        ? ""
                        : "kept; it concerns no tenant that the platform knows: "
                                + events.get(0).subject());
    }
}
