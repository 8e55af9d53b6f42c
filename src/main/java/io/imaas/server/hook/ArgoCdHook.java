package io.imaas.server.hook;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.model.identity.Secret;
import java.util.List;
import java.util.Map;

/** Argo CD's notifications, with the template of docs/serve.md. */
record ArgoCdHook() implements Hook {
    @Override
    public String configuration() {
        return "a webhook service with header 'Authorization: Bearer' and the secret; the template is in docs/serve.md";
    }

    /** Argo CD names none: the template's times make every body another one. */
    @Override
    public String idHeader() {
        return "X-Delivery-Id";
    }

    @Override
    public boolean authentic(Delivery delivery, Secret secret) {
        return delivery.bears(secret, "Authorization");
    }

    @Override
    public List<Fact> facts(Delivery delivery, JsonNode body) {
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
