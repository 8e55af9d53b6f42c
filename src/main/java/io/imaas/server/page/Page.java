package io.imaas.server.page;

import io.imaas.report.Html;
import io.imaas.report.Resource;
import java.util.List;

/**
 * The frame of every page: head, navigation, content.
 *
 * @param path of the page itself, for the navigation
 * @param note one line below the title
 */
public record Page(String path, String title, String note, Html body) {
    /** Everything comes from this server; the drawings' widths are attributes of ours. */
    public static final String POLICY = "default-src 'none'; style-src 'self'; style-src-attr 'unsafe-inline';"
            + " script-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none';"
            + " frame-ancestors 'none'";

    private static final List<Entry> NAVIGATION = List.of(
            new Entry("/", "Overview"),
            new Entry("/inbox", "Inbox"),
            new Entry("/dora", "Delivery"),
            new Entry("/events", "Events"),
            new Entry("/health", "Health"));

    private record Entry(String path, String title) {}

    public String html(Reader reader) {
        Html html = new Html()
                .fragment("<!doctype html>\n")
                .open("html", "lang", "en")
                .fragment("<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,"
                        + " initial-scale=1\">")
                .element("title", title + " \u00b7 IMaaS")
                .fragment("<link rel=\"stylesheet\" href=\"/assets/pages.css\">"
                        + "<script src=\"/assets/live.js\" defer></script></head><body>"
                        + "<a class=\"skip\" href=\"#content\">Skip to the content</a>")
                .open("nav", "aria-label", "Pages");
        for (Entry entry : NAVIGATION) {
            html.element(
                    "a",
                    entry.title(),
                    "href",
                    entry.path(),
                    "aria-current",
                    entry.path().equals(path) ? "page" : null);
        }
        if (reader.loggedIn()) {
            html.fragment(reader.form("/logout"))
                    .element("span", reader.visitor().actor().name(), "class", "note")
                    .text(" ")
                    .element("button", "Log out")
                    .close("form");
        }
        html.close("nav").open("main", "id", "content").open("header").element("h1", title);
        html.element("p", note).close("header").fragment(body).close("main", "body", "html");
        return html + "\n";
    }

    /** What could not be shown, and why. */
    public static Page problem(int status, String title, String what, String fix) {
        Html body = new Html().open("p").element("b", what).close("p");
        if (!fix.isEmpty()) {
            body.open("p").element("code", fix).close("p");
        }
        return new Page("", title, "Status " + status, body);
    }

    /** The style sheet of reports, and what pages have beyond it. */
    public static String style() {
        return Resource.text("/report/report.css") + Resource.text("/server/pages.css");
    }

    /** Looks for news and shows them in place. */
    public static String script() {
        return Resource.text("/server/live.js");
    }
}
