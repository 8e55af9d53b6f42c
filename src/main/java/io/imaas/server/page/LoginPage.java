package io.imaas.server.page;

import io.imaas.report.Html;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where somebody says who they are. */
public final class LoginPage {
    private LoginPage() {}

    /**
     * @param next where to go then
     * @param refusal why the last try failed; may be empty
     * @param provider the identity provider's name; empty where there is none
     * @param tokens whether somebody has a token
     */
    public static Page of(String next, String refusal, String provider, boolean tokens) {
        Html body = new Html();
        if (!refusal.isEmpty()) {
            body.element("p", refusal, "class", "problem", "role", "alert");
        }
        if (!provider.isEmpty()) {
            body.open("p")
                    .element(
                            "a",
                            "Log in at " + provider,
                            "class",
                            "button",
                            "href",
                            "/login/provider?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8))
                    .close("p");
        }
        if (tokens) {
            body.open("form", "method", "post", "action", "/login", "class", "filter")
                    .open("label")
                    .text("Token ")
                    .fragment("<input type=\"password\" name=\"token\" autocomplete=\"current-password\" required>")
                    .close("label")
                    .fragment(Parts.hidden("next", next))
                    .element("button", "Log in")
                    .close("form");
        }
        return new Page(
                "",
                "Log in",
                provider.isEmpty() ? "An administrator gives out tokens." : "With your company's login.",
                body);
    }
}
