package io.imaas.server.page;

import io.imaas.app.view.TenantView;
import io.imaas.model.tenancy.Tenant;
import io.imaas.report.Age;
import io.imaas.report.Html;
import io.imaas.report.InboxItem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What several pages are made of. */
final class Parts {
    static final String NOTHING = "\u2013";

    private Parts() {}

    static String path(TenantView view) {
        return path(view.tenant());
    }

    static String path(Tenant tenant) {
        return "/tenants/" + tenant.name();
    }

    /** A field of a form that nobody sees. */
    static String hidden(String name, String value) {
        return new Html()
                .open("input", "type", "hidden", "name", name, "value", value)
                .toString();
    }

    /** What waits for whom, a row an item. */
    static Html inbox(List<InboxItem> items, Offers offers, Instant now) {
        Table table = new Table("Kind", "Where", "What", "Since", "For");
        for (InboxItem item : items) {
            Html what = new Html().open("span").text(item.what());
            if (!item.command().isEmpty()) {
                what.open("code", "class", "command");
                // Not broken within a word, where there is room.
                for (String word : item.command().split(" ")) {
                    what.element("span", word).text(" ");
                }
                what.close("code");
            }
            table.row()
                    .cell(new Html().element("span", word(item.kind()), "class", "chip " + style(item.kind())))
                    .cell(where(item))
                    .cell(what.fragment(offers.about(item)).close("span"))
                    .cell(Age.of(item.since(), now))
                    .cell(String.join(", ", item.whom()));
        }
        return table.end();
    }

    private static Html where(InboxItem item) {
        String tenant = "/tenants/" + item.place();
        Html html = new Html().open("span");
        if (item.tenant() == null) {
            return html.text(item.place()).close("span");
        }
        html.link(tenant, item.place());
        if (item.service() != null) {
            html.text(" / ")
                    .link(tenant + "/services/" + item.service(), item.service().value());
        }
        if (item.environment() != null) {
            html.text(" in\u00a0" + item.environment());
        }
        return html.close("span");
    }

    static String word(InboxItem.Kind kind) {
        return switch (kind) {
            case ACTION -> "needs action";
            case TIME -> "waits";
            default -> kind.name().toLowerCase(Locale.ROOT);
        };
    }

    static String style(InboxItem.Kind kind) {
        return switch (kind) {
            case FAILING, UNREADABLE -> "failed";
            case OVERRIDE, APPROVAL, ACTION, HELD -> "refused";
            case READY -> "succeeded";
            case TIME -> "idle";
        };
    }

    /** A form that filters on the server. */
    static Html filter(String path, String filter, String label) {
        return filter(path, filter, label, "");
    }

    /** @param kept fields that nobody sees */
    static Html filter(String path, String filter, String label, String kept) {
        return new Html()
                .open("form", "method", "get", "action", path, "class", "filter", "role", "search")
                .open("label")
                .text(label + " ")
                .open("input", "type", "search", "name", "q", "value", filter)
                .close("label")
                .fragment(kept)
                .element("button", "Filter")
                .close("form");
    }

    /**
     * A link to another choice of what the page shows.
     *
     * @param words that the reader filters by, which stay
     */
    static void choice(Html html, String word, String path, String words, boolean chosen) {
        html.element(
                        "a",
                        word,
                        "href",
                        words.isEmpty() ? path : filtered(path, words),
                        "aria-current",
                        chosen ? "true" : null)
                .text(" ");
    }

    /** A chip for each kind of what waits. */
    static void counts(Html html, List<TenantView> views) {
        for (InboxItem.Kind kind : InboxItem.Kind.values()) {
            long count = views.stream().mapToLong(view -> view.count(kind)).sum();
            if (count > 0) {
                html.element("span", count + " " + word(kind), "class", "chip " + style(kind))
                        .text(" ");
            }
        }
    }

    /** Links to the pages before and after; nothing when all is on one. */
    static Html pages(String path, Shown shown, int rows) {
        Html html = new Html();
        if (rows > Shown.ROWS) {
            int last = (rows - 1) / Shown.ROWS;
            html.open("p", "class", "pages");
            if (shown.page() > 0) {
                html.link(at(path, shown, shown.page() - 1), "Previous").text(" ");
            }
            html.text("Page " + (shown.page() + 1) + " of " + (last + 1) + " ");
            if (shown.page() < last) {
                html.link(at(path, shown, shown.page() + 1), "Next");
            }
            html.close("p");
        }
        return html;
    }

    /** An address with what the reader filters by. */
    static String at(String path, Shown shown, int page) {
        return filtered(path + (path.contains("?") ? "&" : "?") + "page=" + page, shown.filter());
    }

    private static String filtered(String path, String words) {
        return path + (path.contains("?") ? "&" : "?") + "q=" + URLEncoder.encode(words, StandardCharsets.UTF_8);
    }

    /** Such as {@code 3 h}; a dash for null. */
    static String span(Duration duration) {
        return duration == null ? NOTHING : Age.of(Instant.EPOCH, Instant.EPOCH.plus(duration));
    }

    static String read(TenantView view, Instant now) {
        return view.readAt() == null ? "not read yet" : Age.of(view.readAt(), now) + " ago";
    }
}
