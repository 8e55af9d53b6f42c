package io.imaas.server.page;

import io.imaas.report.Html;

/** Where somebody shows their token. */
public final class LoginPage {
    private LoginPage() {}

    /**
     * @param next where to go then
     * @param refusal why the last try failed; may be empty
     */
    public static Page of(String next, String refusal) {
        Html body = new Html();
        if (!refusal.isEmpty()) {
            body.element("p", refusal, "class", "problem", "role", "alert");
        }
        body.open("form", "method", "post", "action", "/login", "class", "filter")
                .open("label")
                .text("Token ")
                .open("input", "type", "password", "name", "token", "autocomplete", "current-password", "required", "")
                .close("label")
                .open("input", "type", "hidden", "name", "next", "value", next)
                .element("button", "Log in")
                .close("form");
        return Page.of("", "Log in", "An administrator gives out tokens.", body);
    }
}
