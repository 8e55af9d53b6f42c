package io.imaas.adapter.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imaas.adapter.web.BoundedJson;
import io.imaas.model.rollout.RunNotice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A notice as Slack's message (api.slack.com, "Formatting text for app surfaces"). The channel counts for bots and for
 * the webhooks of Mattermost, Rocket.Chat and Slack's older ones; a newer webhook of Slack has one channel of its own.
 */
final class SlackBody {
    private SlackBody() {}

    static String of(RunNotice notice, String channel) {
        ObjectNode body = BoundedJson.mapper().createObjectNode();
        body.put("channel", channel);
        body.put("text", text(notice));
        body.put("unfurl_links", false);
        return body.toString();
    }

    private static String text(RunNotice notice) {
        List<String> lines = new ArrayList<>();
        lines.add("*" + escaped(notice.headline()) + "*");
        lines.add(escaped(notice.facts()));
        if (!notice.reason().isEmpty()) {
            lines.add("> " + escaped(notice.reason()));
        }
        if (!notice.link().isEmpty()) {
            lines.add(link(notice.link()));
        }
        return String.join("\n", lines);
    }

    /** Somebody else's words must not call a whole channel, nor pretend to be a link. */
    private static String escaped(String text) {
        return RunNotice.plain(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                // Takes '@here' and '*bold*' their meaning, and leaves how they look.
                .replaceAll("@(?=here|channel|everyone|all)", "@\u200b");
    }

    private static String link(String url) {
        return url.matches("https?://[^\\s<>|]+") ? "<" + url + "|Show the run>" : escaped(url);
    }

    /** Why the API refuses, or empty when it does not. */
    static Optional<String> refusal(String answer) {
        try {
            JsonNode root = BoundedJson.mapper().readTree(answer);
            if (root != null && root.path("ok").asBoolean()) {
                return Optional.empty();
            }
            String error = root == null ? "" : root.path("error").asText("");
            return Optional.of(error.matches("[a-z_]{1,60}") ? error : "it does not say why");
        } catch (JsonProcessingException e) {
            return Optional.of("it does not answer with JSON");
        }
    }
}
