package io.imaas.server.hook;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.server.hook.Hook.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Notifications of the CNCF Distribution registry and of Harbor. Pulls and single layers are not worth an event. */
final class RegistryHook {
    private RegistryHook() {}

    static List<Fact> facts(Delivery delivery, JsonNode body) {
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
