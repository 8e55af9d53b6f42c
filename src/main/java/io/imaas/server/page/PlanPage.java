package io.imaas.server.page;

import io.imaas.app.request.Requests.Planned;
import io.imaas.model.tenancy.Tenant;
import io.imaas.report.Html;
import java.util.Map;

/** What would be done, before it is: the same dry run that every door shows. */
public final class PlanPage {
    private PlanPage() {}

    /**
     * @param fields of the form that asked for it
     * @param key names the request from now on: sent twice, it is done once
     */
    public static Page of(Reader reader, Tenant tenant, Planned planned, Map<String, String> fields, String key) {
        Html body = new Html().fragment(planned.shown());
        if (planned.blocked()) {
            body.element("p", "A gate is closed: nothing would be done.", "class", "problem");
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
}
