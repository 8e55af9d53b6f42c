package io.imaas.adapter.webhook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imaas.adapter.web.BoundedJson;
import io.imaas.model.rollout.RunNotice;

/**
 * A notice as an adaptive card, as Teams' incoming webhooks and workflows take it. All words are text runs, in which no
 * Markdown counts; nobody is mentioned without an entry in {@code msteams.entities}, and there is none.
 */
final class TeamsBody {
    private TeamsBody() {}

    static String of(RunNotice notice) {
        ObjectNode body = BoundedJson.mapper().createObjectNode().put("type", "message");
        ObjectNode attachment =
                body.putArray("attachments").addObject().put("contentType", "application/vnd.microsoft.card.adaptive");
        ObjectNode card = attachment
                .putObject("content")
                .put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
                .put("type", "AdaptiveCard")
                .put("version", "1.4");
        ArrayNode blocks = card.putArray("body");
        run(blocks, notice.plainHeadline()).put("weight", "Bolder").put("size", "Medium");
        run(blocks, notice.facts()).put("isSubtle", true);
        if (!notice.reason().isEmpty()) {
            run(blocks, RunNotice.plain(notice.reason()));
        }
        if (notice.link().matches("https?://[^\\s<>\"]+")) {
            card.putArray("actions")
                    .addObject()
                    .put("type", "Action.OpenUrl")
                    .put("title", "Show the run")
                    .put("url", notice.link());
        }
        return body.toString();
    }

    private static ObjectNode run(ArrayNode blocks, String text) {
        return blocks.addObject()
                .put("type", "RichTextBlock")
                .putArray("inlines")
                .addObject()
                .put("type", "TextRun")
                .put("text", text);
    }
}
