package io.imaas.server.page;

import io.imaas.app.request.Known;
import io.imaas.report.Age;
import io.imaas.report.Html;
import io.imaas.report.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The frame of every page: head, navigation, content.
 *
 * @param path of the page itself, for the navigation
 * @param note one line below the title
 * @param open whether there is nothing on it yet
 */
public record Page(String path, String title, String note, Html body, boolean open) {
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

    private static final Duration LONG = Duration.ofSeconds(15);

    public Page(String path, String title, String note, Html body) {
        this(path, title, note, body, false);
    }

    /** What is shown until Git answered: the page comes again by itself. */
    public static Page open(Known<?> known, Instant now) {
        boolean late = now.isAfter(known.begun().plus(LONG));
        String what = late
                ? "Nothing answered for " + Age.of(known.begun(), now)
                        + ". This page shows it as soon as it is there; see whether the Git server answers."
                : "It is being read; this page shows it as soon as it is there.";
        return new Page("", "One moment", "", new Html().fragment(reading(what)), true);
    }

    /** The same with the word of when all this was so. */
    public Page asOf(Known<?> known, Instant now) {
        String old = "As of " + Age.of(known.at(), now) + " ago";
        Html told = known.reading()
                ? reading(old + "; it is being read again.")
                : new Html()
                        .element(
                                "p",
                                known.failure() == null
                                        ? old + "."
                                        : old + "; it could not be read again: "
                                                + known.failure().sentence(),
                                "class",
                                known.failure() == null ? "note" : "problem");
        return new Page(path, title, note, told.fragment(body));
    }

    private static Html reading(String what) {
        return new Html().element("p", what, "class", "note", "role", "status", "data-reading", "");
    }

    private record Entry(String path, String title) {}

    public String html(Reader reader) {
        Html html = new Html()
                .fragment("<!doctype html>\n")
                .open("html", "lang", "en")
                .fragment("<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,"
                        + " initial-scale=1\">")
                .element("title", title + " \u00b7 IMaaS")
                .fragment(open ? "<noscript><meta http-equiv=\"refresh\" content=\"2\"></noscript>" : "")
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
