package io.imaas.server.page;

import io.imaas.app.request.Requests.Answered;
import io.imaas.model.failure.Failure;
import io.imaas.model.tenancy.Tenant;
import io.imaas.report.Html;

/** What came of a request. */
public final class AnsweredPage {
    private AnsweredPage() {}

    public static Page of(Tenant tenant, Answered answered) {
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
