package io.imaas.model.rollout;

import java.io.Serializable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps automatic changes away from a service in an environment until somebody lifts it; a rollback sets one. */
public record Hold(String reason, String by, Instant since) implements Serializable {
    public static Hold parse(String text, String where) {
        Map<String, String> values = FlatText.read(text, where);
        return new Hold(
                values.getOrDefault("reason", ""),
                values.getOrDefault("by", ""),
                Instant.parse(values.getOrDefault("since", "1970-01-01T00:00:00Z")));
    }

    public String text() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("reason", reason);
        values.put("by", by);
        values.put("since", since.toString());
        return FlatText.write(values);
    }
}
