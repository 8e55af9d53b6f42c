package io.imaas.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.model.event.CloudEvent;
import io.imaas.model.event.TraceParent;
import io.imaas.port.Clock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a server says while it runs: sentences for people, or one JSON object a line for programs, with every event that it
 * keeps. Events and sentences have no secrets in them.
 *
 * @param json whether programs read it
 */
record ServerLog(PrintWriter out, boolean json, Clock clock) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Set<String> BAD = Set.of("failed", "refused", "degraded");

    /** Something that a person may have to look at. */
    void tell(String sentence) {
        print(json ? line("warn", sentence, Map.of()) : sentence);
    }

    /** A defect of ours; what was asked is not repeated. */
    void defect(Throwable cause) {
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace));
        print(
                json
                        ? line("error", "a request could not be answered", Map.of("error", trace.toString()))
                        : trace.toString());
    }

    void kept(CloudEvent event) {
        if (!json) {
            return;
        }
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("type", event.type());
        fields.put("tenant", event.tenant());
        fields.put("subject", event.subject());
        fields.put("event", event.id());
        event.data().forEach(fields::putIfAbsent);
        TraceParent.find(fields.remove(TraceParent.NAME)).ifPresent(place -> {
            fields.put("trace_id", place.trace());
            fields.put("span_id", place.span());
        });
        String verb = event.type().replaceFirst(".*\\.", "");
        print(line(BAD.contains(verb) ? "warn" : "info", event.type(), fields));
    }

    private String line(String level, String message, Map<String, String> more) {
        Map<String, String> line = new LinkedHashMap<>();
        line.put("time", clock.now().toString());
        line.put("level", level);
        line.put("message", message);
        more.forEach((name, value) -> {
            if (!value.isEmpty()) {
                line.putIfAbsent(name, value);
            }
        });
        try {
            return MAPPER.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can be written", e);
        }
    }

    private void print(String line) {
        synchronized (out) {
            out.println(line);
            out.flush();
        }
    }
}
