package io.imaas.server.hook;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.server.hook.Hook.Fact;
import java.util.List;
import java.util.Map;

/** Argo CD's notifications, with the template of docs/serve.md. */
final class ArgoCdHook {
    private ArgoCdHook() {}

    static List<Fact> facts(Delivery delivery, JsonNode body) {
        String phase = Hook.optional(body, "/phase").orElse("");
        String health = Hook.required(body, "/health");
        return List.of(new Fact(
                "rollout." + verb(phase, health),
                Hook.required(body, "/namespace"),
                Map.of(
                        "application",
                        Hook.required(body, "/application"),
                        "revision",
                        Hook.optional(body, "/revision").orElse(""),
                        "phase",
                        phase,
                        "health",
                        health)));
    }

    private static String verb(String phase, String health) {
        if (phase.equals("Failed") || phase.equals("Error")) {
            return "failed";
        }
        return switch (health) {
            case "Degraded" -> "degraded";
            case "Healthy" -> "succeeded";
            default -> "changed";
        };
    }
}
