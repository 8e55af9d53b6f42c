package io.imaas.server.hook;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.model.identity.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Notifications of the CNCF Distribution registry and of Harbor. Pulls and single layers are not worth an event. */
record RegistryHook() implements Hook {
    @Override
    public String configuration() {
        return "header 'Authorization: Bearer' and the secret; Harbor: payload format Default, event artifact pushed";
    }

    /** Neither names its deliveries: the body does, with ids and times of what happened. */
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
        List<Fact> pushed = new ArrayList<>();
        for (JsonNode event : body.path("events")) {
            if (event.path("action").asText().equals("push")
                    && event.at("/target/tag").isTextual()) {
                pushed.add(image(
                        Hook.required(event, "/request/host") + "/" + Hook.required(event, "/target/repository"),
                        Hook.required(event, "/target/digest"),
                        Hook.required(event, "/target/tag")));
            }
        }
        if (body.path("type").asText().equals("PUSH_ARTIFACT")) {
            for (JsonNode resource : body.at("/event_data/resources")) {
                String url = Hook.required(resource, "/resource_url");
                pushed.add(image(
                        url.replaceFirst("[:@][^/]*$", ""),
                        Hook.required(resource, "/digest"),
                        Hook.optional(resource, "/tag").orElse("")));
            }
        }
        return pushed.isEmpty() ? Fact.other("notification", "") : pushed;
    }

    static Fact image(String repository, String digest, String tag) {
        return new Fact("image.pushed", repository, Map.of("digest", digest, "tag", tag));
    }
}
