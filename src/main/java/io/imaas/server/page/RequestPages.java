package io.imaas.server.page;

import io.imaas.app.request.Questions.Planned;
import io.imaas.app.request.Requests.Answered;
import io.imaas.model.failure.Failure;
import io.imaas.model.tenancy.Tenant;
import io.imaas.report.Html;
import java.util.Map;

/** The two pages of what somebody asks for: its plan, and what came of it. */
public final class RequestPages {
    private RequestPages() {}

    /**
     * What would be done, before it is: the same dry run that every door shows.
     *
     * @param fields of the form that asked for it
     * @param key names the request from now on: sent twice, it is done once
     */
    public static Page plan(Reader reader, Tenant tenant, Planned planned, Map<String, String> fields, String key) {
        Html body = new Html().fragment(planned.shown());
        if (!planned.nothing().isEmpty()) {
            body.element("p", planned.nothing(), "class", "problem");
        } else {
            body.fragment(reader.form(Parts.path(tenant) + "/requests"));
            fields.forEach((name, value) -> body.fragment(Parts.hidden(name, value)));
            body.fragment(Parts.hidden("key", key))
                    .fragment(Parts.hidden("basis", planned.basis()))
                    .element("button", "Do it", "class", "primary")
                    .close("form");
        }
        body.open("p")
                .link(Parts.path(tenant), "Leave it: back to " + tenant.name())
                .close("p");
        return new Page("", planned.title(), "A plan: nothing was done yet", body);
    }

    public static Page answer(Tenant tenant, Answered answered) {
        Html body = new Html().open("p");
        body.element(
                        "span",
                        answered.failure().isEmpty() ? "done" : "not done",
                        "class",
                        "chip " + (answered.failure().isEmpty() ? "succeeded" : "failed"))
                .text(" ");
        answered.failure().map(Failure::sentence).ifPresent(body::text);
        Object commit = answered.run().get("commit");
        if (commit != null) {
            body.text("Commit ").element("code", String.valueOf(commit));
        }
        answered.againAt().ifPresent(at -> body.text(" Ask again at " + at));
        body.close("p")
                .open("p")
                .link(Parts.path(tenant), "Back to " + tenant.name())
                .close("p");
        return new Page(
                "",
                String.valueOf(answered.run().getOrDefault("title", "Request")),
                answered.failure().isEmpty() ? "Its rollout shows in the tenant's page" : "Nothing more is done",
                body);
    }
}
