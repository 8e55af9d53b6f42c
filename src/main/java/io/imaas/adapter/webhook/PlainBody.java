package io.imaas.adapter.webhook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imaas.adapter.web.BoundedJson;
import io.imaas.model.rollout.RunNotice;
import java.util.Locale;

/** A notice for programs: docs/notifications.md describes its fields. {@code text} is there for whoever wants one line. */
final class PlainBody {
    private PlainBody() {}

    static String of(RunNotice notice) {
        ObjectNode body = BoundedJson.mapper().createObjectNode();
        body.put("id", notice.id());
        body.put("text", notice.headline());
        body.put("occasion", notice.occasion().name().toLowerCase(Locale.ROOT));
        body.put("result", notice.result());
        body.put("title", notice.title());
        body.put("tenant", notice.tenant());
        if (notice.environment() != null) {
            body.put("environment", notice.environment().value());
        }
        ArrayNode services = body.putArray("services");
        for (RunNotice.Part part : notice.parts()) {
            services.addObject()
                    .put("service", part.service())
                    .put("version", part.version())
                    .put("digest", part.digest());
        }
        body.put("actor", notice.actor());
        body.put("reason", notice.reason());
        body.put("link", notice.link());
        body.put("at", notice.at().toString());
        return body.toString();
    }
}
