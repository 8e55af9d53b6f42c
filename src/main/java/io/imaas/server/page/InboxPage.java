package io.imaas.server.page;

import io.imaas.report.Html;
import io.imaas.report.InboxItem;
import java.util.List;
import java.util.Locale;

/** Everything that waits for somebody, the most urgent first. */
public final class InboxPage {
    private InboxPage() {}

    /** @param kind as {@link InboxItem.Kind} in lower case; empty: all */
    public static Page of(Shown shown, String kind) {
        Html body = Parts.filter("/inbox", shown.filter(), "Tenant or service", Parts.hidden("kind", kind))
                .open("p");
        Parts.choice(body, "all", "/inbox", shown.filter(), kind.isEmpty());
        for (InboxItem.Kind each : InboxItem.Kind.values()) {
            String own = each.name().toLowerCase(Locale.ROOT);
            Parts.choice(body, Parts.word(each), "/inbox?kind=" + own, shown.filter(), own.equals(kind));
        }
        body.close("p");
        List<InboxItem> items = shown.waiting().stream()
                .filter(item -> kind.isEmpty() || item.kind().name().equalsIgnoreCase(kind))
                .toList();
        if (items.isEmpty()) {
            body.note("Nothing waits.");
        } else {
            body.fragment(Parts.inbox(shown.part(items), shown.offers(), shown.now()))
                    .fragment(Parts.pages("/inbox?kind=" + (known(kind) ? kind : ""), shown, items.size())
                            .toString());
        }
        return new Page("/inbox", "Inbox", items.size() + " things wait for somebody", body);
    }

    private static boolean known(String kind) {
        return kind.matches("[a-z]+");
    }
}
